// line.js: what the participant sees of the line to the server, in the element `rialto-line`: a word
// in the page's language while the line is down, or the server asks for patience, and that it is back;
// and, above the page, that somebody of the group was dropped.
// rialto.js tells the state of the line by the event `rialto:line`, at each sign of life and when
// something is sent; it asks for a sign of life on `rialto:ask`.
// Guarantees: a short spell goes unmentioned; one that was mentioned is also said to be over; what was
// sent on a line that has gone silent is said to be kept within four seconds, on one that lives never,
// however slow the server is.
(() => {
  'use strict';
  const config_element = document.getElementById('rialto-page');
  if (!config_element) return;
  const config = JSON.parse(config_element.textContent);
  const words = config.words || {};
  const unmentioned = 700;  // ms
  const answered_within = 1500;
  const rejoicing = 2000;
  const read_within = 8000;

  let state = 'down';
  let trouble_since = performance.now();
  let element = null;
  let timer = 0;

  function show_after(ms, shown) {
    clearTimeout(timer);
    timer = setTimeout(() => show(shown()), ms);
  }

  function show(shown) {
    if (element.dataset.state === shown) return;
    element.dataset.state = shown;
    element.textContent = words[shown] || '';
  }

  function update() {
    trouble_since = state === 'up' ? 0 : trouble_since || performance.now();
    if (!element || element.dataset.state === 'too_large') return;
    const shown = element.dataset.state;
    const calm = shown === 'up' || shown === 'back';
    if (state !== 'up') {
      const since_when = state === 'slow' ? 0 : trouble_since + unmentioned;
      const left = calm ? since_when - performance.now() : 0;
      show_after(Math.max(0, left), () => state);
    } else if (!calm) {
      show('back');
      show_after(rejoicing, () => 'up');
    } else if (shown === 'up') {
      clearTimeout(timer);
    }
  }

  // Somebody of the group was dropped: said on this page from now on.
  let bereft = config.bereft;

  function show_bereft() {
    if (!bereft || !element || document.getElementById('rialto-bereft')) return;
    const notice = document.createElement('div');
    notice.id = 'rialto-bereft';
    notice.className = 'alert alert-info';
    notice.setAttribute('role', 'status');
    notice.textContent = words.bereft || '';
    document.body.prepend(notice);
  }

  document.addEventListener('rialto:bereft', () => {
    bereft = true;
    show_bereft();
  });

  function make() {
    element = document.getElementById('rialto-line') || document.createElement('div');
    element.id = 'rialto-line';
    element.setAttribute('role', 'status');
    element.dataset.state = 'up';
    document.body.append(element);
    update();
    show_bereft();
  }

  // What was too large to be sent is told even where the page's own script does not notice.
  document.addEventListener('rialto:unsent', () => {
    if (!element) return;
    show('too_large');
    show_after(read_within, () => state);
  });
  // Something is sent and not answered: is it the server that takes its time, or the line?
  let asking = 0;

  function ask() {
    document.dispatchEvent(new Event('rialto:ask'));
    asking = setTimeout(() => {
      state = 'slow';
      update();
    }, answered_within);
  }

  document.addEventListener('rialto:line', ({detail}) => {
    clearTimeout(asking);
    if (detail === 'sent') asking = setTimeout(ask, answered_within);
    state = detail === 'sent' ? 'up' : detail;
    update();
  });
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', make);
  else make();
})();
