// A site whose server is the test itself: it answers Chromium's requests and speaks the wire of
// gateway/README.md, so that a test can say what a real server says only on bad days (an error code, a
// lost history, silence). Everything that can be shown against the real server is tested there.
import {readFileSync} from 'node:fs';

const browser_dir = new URL('../../gateway/browser/', import.meta.url);
const piece = (name) => readFileSync(new URL(name, browser_dir), 'utf8').trimEnd();
export const words = JSON.parse(piece('words.json'));

export function fill(name, values) {
  return piece(name).replace(/\{\{(\w+)\}\}/g, (_, key) => {
    if (!(key in values)) throw new Error(`${name} has a placeholder ${key}`);
    return values[key];
  });
}

const json_in_html = (value) => JSON.stringify(value).replaceAll('<', '\\u003c');

export class ScriptedSite {
  static origin = 'http://rialto.test';

  constructor() {
    this.lineage = 'a1b2c3d4';
    this.records = [];        // {record, time, data}
    this.rendered = 0;
    this.highest = new Map(); // sender -> n
    this.handled = [];        // {sender, n, data, page}
    this.frames = [];         // every frame a browser sent
    this.hellos = [];
    this.posts = [];          // {path, fields}
    this.lines = [];          // open WebSockets
    this.connections = 0;
    this.accepting = true;
    this.acknowledging = true;
    this.answering_pings = true;
    this.echo = true;
    this.position = 0;
    this.pages = {};          // position -> {fragment, head, live}
    this.after_hello = () => true;  // false: says nothing more
    this.judge = () => null;        // an error {code, again} for a send, or null
    this.language = 'en';
    this.deaf = false;              // nothing that browsers send arrives
    this.unheard = [];
  }

  // Hears from now on, and what has been said meanwhile.
  hear() {
    this.deaf = false;
    for (const hear of this.unheard.splice(0)) hear();
  }

  page_path(position = this.position) {
    return `/p/abc/game/Page/1-${position}`;
  }

  async open(context) {
    await context.route(ScriptedSite.origin + '/**', (route) => this.#http(route));
    await context.routeWebSocket(/rialto\.test/, (line) => this.#line(line));
  }

  async #http(route) {
    const request = route.request();
    const {pathname} = new URL(request.url());
    const html = (body) => route.fulfill({contentType: 'text/html; charset=utf-8', body});
    const script = (body) => route.fulfill({contentType: 'text/javascript; charset=utf-8', body});
    for (const name of ['rialto.js', 'line.js']) {
      if (pathname.endsWith(name)) return script(piece(name));
    }
    if (pathname.endsWith('.css')) {
      const body = pathname.endsWith('rialto.css') ? piece('rialto.css') : '';
      return route.fulfill({contentType: 'text/css; charset=utf-8', body});
    }
    if (pathname.endsWith('bootstrap.js')) return script('');
    if (pathname.endsWith('jquery.js')) return script('window.jQuery = window.$ = () => {};');
    if (pathname.endsWith('/elsewhere')) return html('<!doctype html><title>elsewhere</title>');
    if (request.method() === 'POST') {
      const fields = Object.fromEntries(new URLSearchParams(request.postData() || ''));
      this.posts.push({path: pathname, fields});
      for (const send of JSON.parse(fields.rialto_pending || '[]')) this.#take(send);
      if (this.on_post) await this.on_post(fields);
      return html(this.#render());
    }
    return html(this.#render());
  }

  #render() {
    const page = this.pages[this.position] || {fragment: '<p id="finished">finished</p>', live: false};
    this.rendered = this.records.length;
    const config = {
      version: 1, socket: '/p/abc/live', participant: 'abc', page: `game/1-${this.position}`,
      live: page.live !== false, lineage: this.lineage, record: this.rendered, after: page.none ? this.rendered : 0,
      history: page.none ? 'none' : 'replay', words: words[this.language].line,
      money: {one: '$#', many: '$#', decimals: 2, point: '.', thousands: ','},
    };
    return fill('layout.html', {
      language: this.language, direction: 'ltr', title: 'A game', css: '/static/rialto.css',
      bootstrap_css: '/static/bootstrap.css', body_class: 'page',
      head: fill('live_head.html', {config: json_in_html(config), line_js: '/static/line.js',
                                    rialto_js: '/static/rialto.js'}) +
        fill('page_head.html', {jquery: '/static/jquery.js', js_vars: '{}'}) + (page.head || ''),
      content: fill('page.html', {above: '', fragment: page.fragment, bootstrap_js: '/static/bootstrap.js'}),
    });
  }

  #line(line) {
    this.connections++;
    if (!this.accepting) return line.close({code: 1001});
    this.lines.push(line);
    const say = (frame) => line.send(JSON.stringify(frame));
    const heard = (text) => {
      if (this.deaf) return this.unheard.push(() => heard(text));
      const frame = JSON.parse(text);
      this.frames.push(frame);
      if (frame.type === 'hello') {
        line.sender = frame.sender;
        this.hellos.push(frame);
        if (!this.after_hello(line, frame)) return;
        say({type: 'hello', version: 1, lineage: this.lineage, head: this.records.length, ping: 5000});
        for (const record of this.records) if (record.record > frame.after) say(record);
        say({type: 'live', record: this.records.length});
        line.live = true;
      } else if (frame.type === 'ping') {
        if (this.answering_pings) say({type: 'pong'});
      } else {
        const own = frame.sender ? {sender: frame.sender} : {};
        const error = this.#judged(frame, line);
        if (error) {
          say({type: 'error', code: error.code, message: error.code + ' it is', n: frame.n, ...own});
          if (!error.again) this.highest.set(frame.sender || line.sender, frame.n);
          return;
        }
        this.#take({sender: line.sender, ...frame});
        if (this.acknowledging) say({type: 'ack', n: frame.n, ...own});
      }
    };
    line.onMessage(heard);
    line.onClose(() => this.lines = this.lines.filter((other) => other !== line));
  }

  // What was refused for now is refused with all above it until it is sent again.
  #judged(send, line) {
    const from = line.refused?.get(send.sender);
    if (from && send.n > from.n) return from.error;
    const error = this.judge(send, line);
    line.refused ||= new Map();
    line.refused.delete(send.sender);
    if (error?.again) line.refused.set(send.sender, {n: send.n, error});
    return error;
  }

  // Exactly once, and only the next number: what rules.md 2 asks of the unit.
  #take(send) {
    const highest = this.highest.get(send.sender) || 0;
    if (send.n <= highest) return;
    if (send.n !== highest + 1) throw new Error(`send ${send.n} after ${highest}`);
    this.highest.set(send.sender, send.n);
    this.handled.push(send);
    if (this.echo) this.broadcast(send.data);
  }

  broadcast(data) {
    const record = {record: this.records.length + 1, time: 1700000000000 + this.records.length, data};
    this.records.push(record);
    for (const line of this.lines) if (line.live) line.send(JSON.stringify(record));
  }

  say(frame) {
    for (const line of this.lines) line.send(JSON.stringify(frame));
  }

  drop(code = 1001) {
    const lines = this.lines;
    this.lines = [];
    for (const line of lines) line.close({code});
  }
}
