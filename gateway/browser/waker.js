// Wakes its page after as many milliseconds as it is told; the newest word counts. A worker, since
// browsers slow down the timers of pages that nobody looks at, to one run in a minute.
'use strict';

let timer = 0;

onmessage = ({data: milliseconds}) => {
  clearTimeout(timer);
  timer = setTimeout(() => postMessage('now'), milliseconds);
};
