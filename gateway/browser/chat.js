// chat.js: what {{ chat }} puts into a page. Shows what was said before the page was made, then each
// line once as it comes, and sends what is written. Runs behind each chat of the page; rialto.js
// carries the lines in the order of the live messages: it hears `rialto:say`, and tells `rialto:said`
// and, of what was refused, `rialto:unsaid`.
(() => {
  'use strict';

  class Chat {
    constructor(box) {
      this.config = JSON.parse(box.querySelector('script').textContent);
      this.messages = box.querySelector('.otree-chat__messages');
      this.input = box.querySelector('.otree-chat__input');
      this.error = box.querySelector('.otree-chat__error');
      box.querySelector('.otree-chat__btn-send').onclick = () => this.say();
      this.input.onkeydown = (event) => {
        if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        this.say();
      };
      for (const line of this.config.lines) this.show(line);
      document.addEventListener('rialto:said', ({detail}) => this.show(detail));
      document.addEventListener('rialto:unsaid', ({detail}) => {
        if (detail.key === this.config.key) this.tell(detail.message);
      });
    }

    show(line) {
      if (line.channel !== this.config.hears) return;
      const row = document.createElement('div');
      row.className = 'otree-chat__msg';
      const who = document.createElement('span');
      who.className = 'otree-chat__nickname';
      who.textContent = line.from === this.config.seat ? this.config.me : line.nickname;
      const body = document.createElement('span');
      body.className = 'otree-chat__body';
      body.textContent = line.body;
      row.append(who, ' ', body);
      this.messages.append(row);
      this.messages.scrollTop = this.messages.scrollHeight;
    }

    say() {
      const body = this.input.value;
      this.error.hidden = true;
      if (!body.trim()) return;
      const {channel, nickname, key} = this.config;
      const said = {line: {channel, nickname, key, body}};
      document.dispatchEvent(new CustomEvent('rialto:say', {detail: said}));
      if (said.error) return this.tell(said.error);
      this.input.value = '';
      this.input.focus();
    }

    tell(text) {
      this.error.textContent = text;
      this.error.hidden = false;
    }
  }

  for (const box of document.querySelectorAll('.rialto-chat:not(.ready)')) {
    box.classList.add('ready');
    new Chat(box);
  }
})();
