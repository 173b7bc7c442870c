// Asks for a waiting page of a room, once a second, whether the room has a session now. A worker,
// since browsers slow down the timers of pages that nobody looks at. It is told the address to ask at,
// and says 'open', or 'changed' if the visitor may not wait here any more.
'use strict';

const longest_answer_ms = 10000;

onmessage = ({data: address}) => {
  const ask = async () => {
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), longest_answer_ms);
    try {
      const response = await fetch(address, {cache: 'no-store', signal: stop.signal});
      if (response.status === 403 || response.status === 404) return postMessage('changed');
      if (response.ok && (await response.json()).open) return postMessage('open');
    } catch (_) {
      // The server is away: it will be back.
    } finally {
      clearTimeout(late);
    }
    setTimeout(ask, 800 + 400 * Math.random());
  };
  ask();
};
