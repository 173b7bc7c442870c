// rialto.js: the browser's side of a live page. It gives the page liveSend(data), liveSocket and cu(amount), and
// calls the page's liveRecv(data, {replayed, record, time}) and, where there is one, liveError(error).
// Each load of a page runs it once, in the head, before any script of the page's own.
// Guarantees: what liveSend accepted is sent until the server has answered it, across lost lines and
// reloads of this tab, in order; liveRecv hears each message once, in order; a submit of the page's
// form carries what is not answered yet, and waits while the line is down.
// Limitation: what is not answered is lost with the tab (sessionStorage), unless the form carried it.
// The wire is described in gateway/README.md.
(() => {
  'use strict';
  const config_element = document.getElementById('rialto-page');
  if (!config_element) return;
  const config = JSON.parse(config_element.textContent);

  const max_pending = 256;
  const max_pending_bytes = 1000000;
  const max_frame = config.frame || 65536;  // the app may take more
  const max_depth = 60;
  const max_in_flight = 15;  // at 16 the server would not read pings
  const again_codes = ['too_fast', 'storage_full', 'busy'];
  const final_closes = {4403: 'link', 4404: 'closed', 4410: 'windows'};

  const note = (text) => console.warn('rialto: ' + text);
  const now = () => performance.now();
  const bytes = (text) => new TextEncoder().encode(text).length;
  const report = (error) =>
    typeof reportError === 'function' ? reportError(error) : console.error(error);

  function remembered(key) {
    try {
      return JSON.parse(sessionStorage.getItem(key));
    } catch (_) {
      return null;
    }
  }

  function remember(key, text) {
    try {
      if (text) sessionStorage.setItem(key, text);
      else sessionStorage.removeItem(key);
    } catch (_) {
      note('this browser keeps no sessionStorage: a reload may lose what was just sent');
    }
  }

  // -- what is sent and not yet answered -----------------------------------------------------------

  // Every load numbers its sends from 1 under a name of its own, so that tabs never share numbers,
  // not even a duplicated tab, which starts with a copy of the storage.
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const sender = Array.from(crypto.getRandomValues(new Uint8Array(12)), (x) => alphabet[x & 63])
    .join('');
  const pending_key = 'rialto:' + config.participant;
  let last_number = 0;
  let pending = [];  // {sender, n, page, data (text), size}; earlier loads' leftovers first
  let sent = 0;      // how many of them, from the front, are on this connection

  const short_frame = (send) => `{"type":"send","n":${send.n},"data":${send.data}}`;
  const long_frame = (send) => short_frame(send).slice(0, -1) +
    `,"sender":${JSON.stringify(send.sender)},"page":${JSON.stringify(send.page)}}`;

  for (const left of remembered(pending_key) || []) {
    const send = {sender: left.sender, n: left.n, page: left.page, data: JSON.stringify(left.data)};
    send.size = bytes(long_frame(send));
    pending.push(send);
  }

  // The hidden field goes with the form, so that a submit never overtakes what was sent before it.
  function keep_pending() {
    const text = pending.length ? '[' + pending.map(long_frame).join(',') + ']' : '';
    remember(pending_key, text);
    const form = document.getElementById('form');
    if (!form) return;
    let field = form.querySelector('input[name="rialto_pending"]');
    if (!field) {
      field = document.createElement('input');
      field.type = 'hidden';
      field.name = 'rialto_pending';
      form.append(field);
    }
    field.value = text;
  }

  // Everything of `from` up to `n` has been answered for good.
  function settle(from, n) {
    const done = (send) => send.sender === from && send.n <= n;
    sent -= pending.slice(0, sent).filter(done).length;
    pending = pending.filter((send) => !done(send));
    pause_length = 0;
    keep_pending();
    pump();
  }

  // Leftovers of one load are answered before the sends of the next start.
  function pump() {
    while (greeted && !pause && sent < pending.length && sent < max_in_flight &&
           pending[sent].sender === pending[0].sender) {
      const send = pending[sent++];
      socket.send(send.sender === sender ? short_frame(send) : long_frame(send));
    }
  }

  let pause = 0;  // timer: the server asked for patience
  let pause_length = 0;

  function send_again_from(index, code) {
    sent = Math.min(sent, index);
    if (pause) return;
    if (!pause_length) note(`${code}: sending again until the server takes it`);
    pause_length = Math.min(5000, pause_length * 2 || 100);
    pause = setTimeout(() => {
      pause = 0;
      pump();
    }, pause_length * (0.75 + Math.random() / 2));
  }

  // -- what the page uses --------------------------------------------------------------------------

  const depth_of = (value) => value === null || typeof value !== 'object' ? 0
    : 1 + Object.values(value).reduce((most, item) => Math.max(most, depth_of(item)), 0);

  function encode(data) {
    let odd = false;
    const text = JSON.stringify(data, (_, value) => {
      if (typeof value === 'number' && !Number.isFinite(value)) odd = true;
      return value;
    });
    if (text === undefined) {
      throw new TypeError(`liveSend: ${typeof data} is no value that can be sent (use null, or give ` +
                          'the element or variable you meant)');
    }
    if (odd) note('liveSend: NaN or Infinity is sent as null; is an input empty?');
    return text;
  }

  class LiveSocket extends EventTarget {
    get readyState() {
      return ended ? WebSocket.CLOSED : greeted ? WebSocket.OPEN : WebSocket.CONNECTING;
    }

    // Takes the JSON text of one value, as liveSend hands it over.
    send(text) {
      const value = JSON.parse(text);
      if (depth_of(value) > max_depth) {
        throw new RangeError(`liveSend: nested more than ${max_depth} deep`);
      }
      // Half a surrogate pair is no text that a server could store.
      const data = JSON.stringify(value).replace(/\\(\\|ud[89a-f][0-9a-f]{2})/g,
                                                 (all, x) => x === '\\' ? all : '\ufffd');
      const send = {sender, n: last_number + 1, page: config.page, data};
      send.size = bytes(long_frame(send));
      if (send.size > max_frame) {
        tell_page('rialto:unsent');
        throw new RangeError(`liveSend: ${send.size} bytes is too large for one message; at most ` +
                             `${max_frame} bytes go at once`);
      }
      const waiting = pending.reduce((sum, item) => sum + item.size, send.size);
      if (pending.length >= max_pending || waiting > max_pending_bytes) {
        throw new RangeError(`liveSend: ${pending.length} messages already wait for the server; this ` +
                             'one was not taken');
      }
      last_number = send.n;
      pending.push(send);
      keep_pending();
      pump();
      if (!greeted || sent === 1) show_line();
    }

    onmessage(event) {
      receive(JSON.parse(event.data), event.rialto);
    }
  }

  // An amount as the project writes it, as {{ amount|cu }} does in the page: cu(12.5) is "$12.50".
  window.cu = (amount) => {
    const {one, many, decimals, point, thousands} = config.money;
    const [whole, part] = Math.abs(amount).toFixed(decimals).split('.');
    const number = whole.replace(/\B(?=(\d{3})+$)/g, () => thousands) + (part ? point + part : '');
    const negative = amount < 0 && /[1-9]/.test(number) ? '-' : '';
    return negative + (amount === 1 ? one : many).replace('#', () => number);
  };

  const live_socket = new LiveSocket();
  const own_onmessage = live_socket.onmessage;
  const own_send = live_socket.send;
  window.liveSocket = live_socket;
  window.liveSend = (data) => live_socket.send(encode(data));

  const tell_page = (type, detail) => document.dispatchEvent(new CustomEvent(type, {detail}));

  // What chat.js sends goes the same way as liveSend's, so that a line is said once, in order.
  document.addEventListener('rialto:say', ({detail}) => {
    try {
      own_send.call(live_socket, JSON.stringify({rialto_chat: detail.line}));
    } catch (error) {
      detail.error = error.message;
    }
  });

  const said_in_chat = (data) => data !== null && typeof data === 'object' && data.rialto_chat &&
    Object.keys(data).length === 1 ? data.rialto_chat : null;

  // A page may declare these with let or const, which makes no property of window; reading one whose
  // script failed throws.
  function page_function(look) {
    try {
      const found = look();
      return typeof found === 'function' ? found : null;
    } catch (_) {
      return null;
    }
  }

  let told_of_absence = false;

  function receive(data, info) {
    const live_recv = page_function(() => liveRecv);
    if (live_recv) {
      live_recv(data, info);
    } else if (!told_of_absence) {
      told_of_absence = true;
      console.info('rialto: a message came, but this page has no function liveRecv(data)');
    }
  }

  function deliver(frame) {
    const line = said_in_chat(frame.data);
    if (line) {  // what was said before this load stands in the page
      if (frame.record > config.record) tell_page('rialto:said', line);
      return;
    }
    const info = {replayed: frame.record <= config.record, record: frame.record, time: frame.time};
    try {
      if (live_socket.onmessage === own_onmessage) {
        receive(frame.data, info);
      } else if (live_socket.onmessage) {
        live_socket.onmessage(message_event(frame, info));
      }
    } catch (error) {
      report(error);
    }
    live_socket.dispatchEvent(message_event(frame, info));
  }

  function message_event(frame, info) {
    const event = new MessageEvent('message', {data: JSON.stringify(frame.data)});
    event.rialto = info;
    return event;
  }

  function tell_error(error) {
    const line = said_in_chat(error.data);
    if (line) return tell_page('rialto:unsaid', {key: line.key, message: error.message});
    console.error(`rialto: ${error.code}: ${error.message}`, error);
    const live_error = page_function(() => liveError);
    try {
      if (live_error) live_error(error);
    } catch (thrown) {
      report(thrown);
    }
  }

  // Messages wait until the page's scripts have run and its DOMContentLoaded handlers, jQuery's
  // deferred ones too, have made the page ready for them.
  let page_ready = false;
  let early = [];

  function when_ready(act) {
    if (page_ready) act();
    else early.push(act);
  }

  function page_loaded() {
    keep_pending();
    setTimeout(() => setTimeout(() => {
      page_ready = true;
      for (const act of early) act();
      early = [];
    }));
  }

  // -- the line ------------------------------------------------------------------------------------

  let socket = null;
  let greeted = false;  // the server has said hello on this socket
  let caught_up = false;
  let ended = '';       // why the line will not come back: 'link', 'closed', 'windows' or ''
  let seen = config.after;
  let known_record = config.record;  // the newest whose time this page knows
  let known_time = config.time;
  let newest = [];  // frames of the record `seen`, where more of it may have been cut off
  let known = [];   // those, while they may come a second time
  let heard_at = 0;
  let live_since = 0;
  let attempts = 0;
  let ping_every = 5000;
  let next_attempt = 0;  // timers
  let hello_limit = 0;
  let checking = 0;

  function connect() {
    clearTimeout(next_attempt);
    next_attempt = 0;
    const address = new URL(config.socket, location.href);
    address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const line = socket = new WebSocket(address.href);
    line.onopen = () => line.send(JSON.stringify({
      type: 'hello', version: config.version, page: config.page, sender,
      lineage: config.lineage, rendered: config.record,
      after: newest.length ? seen - 1 : seen,
      known: known_time === undefined ? undefined : known_record, known_time,
    }));
    line.onmessage = (event) => {
      if (line === socket) on_frame(event.data);
    };
    line.onclose = (event) => {
      if (line === socket) lose(final_closes[event.code]);
    };
    clearTimeout(hello_limit);
    hello_limit = setTimeout(lose, 8000);
  }

  // The line is gone, or has to be taken for gone: the first attempt at a new one is made at once.
  function lose(reason) {
    const line = socket;
    socket = null;
    if (line) line.close();
    clearTimeout(hello_limit);
    clearTimeout(checking);
    clearTimeout(pause);
    if (caught_up && now() - live_since > 2000) attempts = 0;
    if (greeted) document.documentElement.dataset.line = 'down';
    greeted = caught_up = false;
    known = newest.slice();
    sent = checking = pause = 0;
    ended = reason || '';
    show_line();
    if (ended) {
      finish_submit();
      // A closed session may be opened again.
      if (ended === 'closed') next_attempt = setTimeout(connect, 8000 + Math.random() * 4000);
      return;
    }
    const longest = Math.min(4900, 200 * 2 ** attempts);
    clearTimeout(next_attempt);
    next_attempt = setTimeout(connect, attempts++ ? 100 + Math.random() * longest : 0);
  }

  // Asks whether the line is alive, where something tells that it may not be.
  function check() {
    if (ended) return;
    if (!socket) {
      connect();
    } else if (greeted) {
      ping();
      if (!checking) checking = setTimeout(lose, 3000);
    }
  }

  const ping = () => greeted && socket.send('{"type":"ping"}');
  document.addEventListener('rialto:ask', ping);

  function heard() {
    heard_at = now();
    clearTimeout(checking);
    checking = 0;
    if (greeted && waiting_submit) finish_submit();
    show_line();
  }

  const on = {
    hello(frame) {
      clearTimeout(hello_limit);
      if (frame.lineage !== config.lineage) return on.history_lost();
      ping_every = frame.ping || ping_every;
      greeted = true;
      ended = '';
      pump();
    },
    live(frame) {
      document.documentElement.dataset.line = 'up';
      caught_up = true;
      live_since = now();
      seen = Math.max(seen, frame.record);
      newest = known = [];
      know(frame);
    },
    ack(frame) {
      settle(frame.sender || sender, frame.n);
    },
    error(frame) {
      const from = frame.sender || sender;
      const index = pending.findIndex((send) => send.sender === from && send.n === frame.n);
      if (again_codes.includes(frame.code)) {
        if (index >= 0) send_again_from(index, frame.code);
        return;
      }
      const send = pending[index];
      if (frame.n !== undefined && frame.code !== 'number_gap') settle(from, frame.n);
      const error = {code: frame.code, message: frame.message, n: frame.n};
      if (send) error.data = JSON.parse(send.data);
      if (send && send.page !== config.page) {
        note(`${frame.code}: ${frame.message} (sent from ${send.page})`);
      } else {
        when_ready(() => tell_error(error));
      }
    },
    pong() {},
    time(frame) {
      tell_page('rialto:time', frame);
    },
    bereft() {
      tell_page('rialto:bereft');
    },
    moved() {
      waiting_submit = null;
      // Where a submit of this page is on its way, its answer leads on by itself.
      setTimeout(() => go(config.socket.replace(/live$/, '')), submitted ? 2000 : 0);
    },
    reload(frame) {
      note(`${frame.reason || 'this page is outdated'}: loading it again`);
      go();
    },
    history_lost() {
      tell_error({code: 'history_lost', message: `the server has lost records this page had seen; ` +
                                                 `${pending.length} unanswered messages are dropped`});
      pending = [];
      sent = 0;
      keep_pending();
      go();
    },
  };

  function on_frame(text) {
    const frame = JSON.parse(text);
    if (frame.type === undefined) {
      on_message(frame, text);
    } else if (Object.prototype.hasOwnProperty.call(on, frame.type)) {
      on[frame.type](frame);
    }
    heard();
  }

  // By its time a record is told from another that has its number, where the server has lost some.
  function know(frame) {
    if (frame.time === undefined || frame.record < known_record) return;
    known_record = frame.record;
    known_time = frame.time;
  }

  // One record may bring several messages, and the line may end between them.
  function on_message(frame, text) {
    const place = known.indexOf(text);
    if (place >= 0) known.splice(place, 1);
    if (place >= 0 || frame.record < seen) return;
    if (frame.record > seen) newest = [];
    seen = frame.record;
    newest.push(text);
    know(frame);
    when_ready(() => deliver(frame));
  }

  // Loads this page again, or another; ever slower where each load of this page asks for it again at once.
  let going = false;

  function go(address) {
    if (going) return;
    going = true;
    const before = remembered('rialto:loads') || {};
    const count = now() < 3000 && before.page === config.page ? before.count + 1 : 0;
    remember('rialto:loads', JSON.stringify({page: config.page, count}));
    setTimeout(() => address ? location.replace(address) : location.reload(),
               count < 5 ? 0 : Math.min(30000, 100 * 2 ** count));
  }

  addEventListener('online', () => {
    attempts = 0;
    if (greeted || !socket) check();
    else lose();
  });
  addEventListener('offline', check);
  document.addEventListener('visibilitychange', () => document.hidden || check());
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
    else check();
  });
  setInterval(() => {
    const silence = now() - heard_at;
    if (silence > (sent ? 1 : 3) * ping_every) check();
  }, 2500);

  // -- leaving the page ----------------------------------------------------------------------------

  const native_submit = HTMLFormElement.prototype.submit;
  let submitted = false;
  let waiting_submit = null;

  // True: the browser may submit the form now. Otherwise it is submitted when the line is known to be
  // up, or has been already.
  function may_submit(form, submitter) {
    if (submitted || waiting_submit) return false;
    keep_pending();
    const sure = greeted && !checking && navigator.onLine !== false && now() - heard_at < ping_every;
    if (sure || ended) {
      note_submit();
      return true;
    }
    waiting_submit = {form, submitter};
    check();
    show_line();
    return false;
  }

  function note_submit() {
    waiting_submit = null;
    submitted = true;
    setTimeout(() => submitted = false, 10000);  // the participant may have stopped it
  }

  function finish_submit() {
    if (!waiting_submit) return;
    const {form, submitter} = waiting_submit;
    note_submit();
    keep_pending();
    if (submitter && submitter.name) {
      const pressed = document.createElement('input');
      pressed.type = 'hidden';
      pressed.name = submitter.name;
      pressed.value = submitter.value;
      form.append(pressed);
    }
    native_submit.call(form);
  }

  HTMLFormElement.prototype.submit = function () {
    if (this !== document.getElementById('form') || may_submit(this, null)) native_submit.call(this);
  };

  addEventListener('submit', (event) => {
    if (event.defaultPrevented) return;
    const form = event.target;
    if (form === document.getElementById('liveform')) event.preventDefault();
    if (form !== document.getElementById('form')) return;
    if (!may_submit(form, event.submitter)) event.preventDefault();
  });

  const pressable = ['submit', 'button', 'reset', 'image', 'file', 'color', 'checkbox', 'radio'];
  addEventListener('keypress', (event) => {
    const target = event.target;
    if (config.live && event.key === 'Enter' && !event.isComposing && target instanceof HTMLInputElement &&
        !pressable.includes(target.type)) {
      event.preventDefault();
    }
  }, true);

  // line.js shows it.
  function show_line() {
    const state = ended || (!greeted ? waiting_submit ? 'waiting' : pending.length ? 'kept' : 'down'
      : pause_length > 400 ? 'busy' : sent ? 'sent' : 'up');
    tell_page('rialto:line', state);
  }

  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', page_loaded);
  else page_loaded();
  connect();
})();
