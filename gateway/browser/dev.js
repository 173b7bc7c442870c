// dev.js: in the pages of a game that `rialto dev` serves. Loads the page anew when there is a new
// version of the game, and shows what stands in the way of one, as the compiler says it.
(() => {
  'use strict';
  const news_address = new URL('news.json', document.currentScript.src);
  const every = 400;  // ms
  let version = null;
  let box = null;

  function show(trouble) {
    if (!box) {
      box = document.createElement('pre');
      box.id = 'rialto-dev';
      box.setAttribute('role', 'alert');
      document.body.prepend(box);
    }
    box.hidden = !trouble;
    box.textContent = trouble;
  }

  async function look() {
    try {
      const answer = await fetch(news_address, {cache: 'no-store'});
      const news = await answer.json();
      if (version !== null && news.version !== version) return location.reload();
      version = news.version;
      show(news.trouble);
    } catch (_) {
      // The next version starts.
    }
    setTimeout(look, every);
  }

  addEventListener('DOMContentLoaded', look);
})();
