// draft.js: tells the server what is written in the page's form and not handed in yet, so that it is
// there when the page's time ends while nobody looks at the page: browsers slow such pages down,
// freeze them, or drop them. Each load of a page with a form and a time of the player's own runs it.
// Guarantees: what was written is told within a second, and at once when the page goes out of sight;
// what has not changed is told once. A page on which nothing was done tells nothing: another window
// of the participant's may know better.
// Limitation: files are not told, and of a page that is going at most 60 kB.
(() => {
  'use strict';
  const within = 1000;  // ms
  const again = 5000;
  const most_of_leaving = 60000;  // bytes that browsers send for a page that is gone
  const address = location.href;
  let told = null;
  let number = 0;
  let timer = 0;
  let leaving = false;
  let touched = false;

  // By a hand in this window; what was refused and is shown again was written, too.
  const is_written = () => touched || document.querySelector('.otree-form-errors') !== null;

  function written(form) {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === 'string' && name !== 'rialto_pending') fields.append(name, value);
    }
    return fields.toString();
  }

  function later(ms) {
    if (!timer) timer = setTimeout(tell, ms);
  }

  function tell() {
    clearTimeout(timer);
    timer = 0;
    const form = document.getElementById('form');
    // What its own time hands in brings `timeout_happened` along.
    if (!form || leaving || !is_written() || form.querySelector('[name=timeout_happened]')) return;
    const text = written(form);
    if (text === told) return;
    told = text;
    // Higher than what another load of this page has said.
    number = Math.max(number + 1, Date.now());
    const body = `${text}&rialto_draft=${number}`;
    const headers = {'Content-Type': 'application/x-www-form-urlencoded'};
    fetch(address, {method: 'POST', headers, body, keepalive: body.length <= most_of_leaving})
      .then((answer) => [429, 503].includes(answer.status) && repeat(), repeat);
  }

  function repeat() {
    told = null;
    later(again);
  }

  for (const type of ['input', 'change', 'click', 'keydown']) {
    addEventListener(type, () => {
      touched = true;
      later(within);
    }, true);
  }
  document.addEventListener('visibilitychange', () => document.hidden && tell());
  for (const type of ['pagehide', 'freeze']) addEventListener(type, tell, true);

  addEventListener('submit', (event) => {
    if (event.defaultPrevented || event.target !== document.getElementById('form')) return;
    leaving = true;
    setTimeout(() => leaving = false, 10000);  // the participant may have stopped it
  });

  // The server may have been started anew: what it was told is gone with it.
  let was_down = false;
  document.addEventListener('rialto:line', ({detail}) => {
    const is_down = !['up', 'sent', 'busy'].includes(detail);
    const is_back = was_down && !is_down;
    was_down = is_down;
    if (!is_back || told === null) return;
    told = null;
    tell();
  });
})();
