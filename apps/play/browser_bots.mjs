// The hands of `rialto bots --browser`: a window of Chromium for each participant, which does what it is
// told and tells what is seen. Lines of JSON on standard input and output; started by BrowserRun, ends
// with its standard input.
//   in:   {do: "open", seat, link}                 a new window goes there
//         {do: "say", seat, data}                  liveSend(data) in the page
//         {do: "fill", seat, values}               typed into the page's form
//         {do: "submit", seat, values, wrong}      typed, then the button is clicked; `wrong`: what no
//                                                  person could enter is put there, too
//   out:  {event: "ready"} or {event: "missing", what}   once
//         {event: "page", seat, page, ...}         a page is shown; page null: it is none of the game
//         {event: "open", seat}                    its live line is up: what is said now is heard
//         {event: "heard", seat, data}             the page was told this
//         {event: "said", seat, code, message}     the message was handled, or refused
//         {event: "blocked", seat, what}           the browser itself does not let this be submitted
//         {event: "failed", seat, what}            a script of the page threw, or a command failed
import {existsSync} from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import {createInterface} from 'node:readline';

const tell = (event) => process.stdout.write(JSON.stringify(event) + '\n');
process.stdout.on('error', () => {});  // who listened has ended; so does standard input

function missing(what) {
  tell({event: 'missing', what});
  process.exit(1);
}

// playwright-core of the folder that RIALTO_NODE_MODULES names, of this folder, or of the machine.
function find_playwright() {
  const folders = [process.env.RIALTO_NODE_MODULES, process.cwd(), '/usr/local/lib', '/usr/lib', '/usr/share/nodejs'];
  for (const folder of folders.filter(Boolean)) {
    try {
      return createRequire(path.join(folder, 'x.js'))('playwright-core');
    } catch (error) {
      if (error.code !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  return missing('playwright-core is not there; `npm install playwright-core` in this folder brings it ' +
                 '(or let RIALTO_NODE_MODULES name the folder that has it in its node_modules)');
}

function find_chromium() {
  const known = [process.env.RIALTO_CHROMIUM || '/usr/bin/chromium', '/usr/bin/chromium-browser',
                 '/usr/bin/google-chrome'];
  return known.find((file) => existsSync(file)) ||
         missing('Chromium is not there; on Debian `apt install chromium` brings it (or let RIALTO_CHROMIUM ' +
                 'name its program)');
}

// What the page is, and what is wrong in its form, as its participant sees it.
// A document is looked at once, when it is whole.
const look = () => {
  if (document.readyState === 'loading' || window.rialto_bots_saw) return null;
  window.rialto_bots_saw = true;
  const config = document.getElementById('rialto-page');
  const wrong = document.querySelectorAll('.has-errors [name], .has-errors[name]');
  const said = document.querySelector('#form > .alert-danger, .otree-form-errors');
  return {
    page: config ? JSON.parse(config.textContent).page : null,
    html: document.documentElement.outerHTML,
    js_vars: typeof js_vars === 'undefined' ? {} : js_vars,
    is_bad: document.querySelector('main.notice.bad') !== null,
    text: config ? '' : document.body.innerText.trim(),
    error: said ? said.innerText.trim() : '',
    field_errors: [...document.querySelectorAll('.has-errors')].map((one) =>
      `${one.querySelector('[name]')?.name}: ${one.querySelector('.form-control-errors')?.innerText.trim()}`),
    by_form: wrong.length > 0 || (said !== null && said.classList.contains('otree-form-errors')),
    wrong_fields: [...new Set([...wrong].map((input) => input.name))],
  };
};

// How a form writes a value.
const written = (value) => value === null ? '' : value === true ? 'True' : value === false ? 'False' : String(value);

class Window {
  constructor(seat, page) {
    this.seat = seat;
    this.page = page;
    this.waiting = null;  // what was said and has no answer yet: {text, n}
    this.held = null;     // what came on a page that is not told yet
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame()) this.held = [];
    });
    page.on('domcontentloaded', () => this.show());
    page.on('pageerror', (error) => this.tell('failed', {what: `a script of the page failed: ${error.message}`}));
    page.on('websocket', (socket) => {
      socket.on('framesent', ({payload}) => this.sent(JSON.parse(payload)));
      socket.on('framereceived', ({payload}) => this.received(JSON.parse(payload)));
    });
  }

  tell(event, more = {}) {
    const told = {event, seat: this.seat, ...more};
    if (this.held) this.held.push(told);
    else tell(told);
  }

  async show() {
    try {
      const seen = await this.page.evaluate(look);
      if (!seen) return;
      this.waiting = null;
      tell({event: 'page', seat: this.seat, ...seen});
      for (const event of this.held || []) tell(event);
      this.held = null;
    } catch (error) {
      // It has gone on meanwhile: the next page is on its way.
    }
  }

  sent(frame) {
    if (frame.type !== 'send' || frame.sender || !this.waiting || this.waiting.n) return;
    if (JSON.stringify(frame.data) === this.waiting.text) this.waiting.n = frame.n;
  }

  received(frame) {
    if (frame.type === undefined && 'data' in frame) this.tell('heard', {data: frame.data});
    if (frame.type === 'live') this.tell('open');
    if (!this.waiting || !this.waiting.n || frame.sender) return;
    const refused = frame.type === 'error' && frame.n === this.waiting.n;
    if (!refused && !(frame.type === 'ack' && frame.n >= this.waiting.n)) return;
    this.waiting = null;
    this.tell('said', {code: refused ? frame.code : '', message: refused ? frame.message : ''});
  }

  async say({data}) {
    this.waiting = {text: JSON.stringify(data), n: 0};
    await this.page.evaluate((message) => liveSend(message), data);
  }

  inputs(name) {
    const quoted = JSON.stringify(name);
    return this.page.$$(`#form [name=${quoted}]:not([form]), [form="form"][name=${quoted}]`);
  }

  // As a person does it. False: nobody can.
  async enter(name, value) {
    const all = await this.inputs(name);
    if (all.length === 0) return false;
    const kind = await all[0].evaluate((input) => input.type || input.tagName.toLowerCase());
    const text = written(value);
    if (kind === 'radio') {
      for (const one of all) if (await one.getAttribute('value') === text) return one.check().then(() => true);
      return false;
    }
    if (kind === 'checkbox') return all[0].setChecked(value !== false && text !== '').then(() => true);
    if (kind === 'select-one') {
      const options = await all[0].$$eval('option', (each) => each.map((one) => one.value));
      return options.includes(text) && all[0].selectOption(text).then(() => true);
    }
    if (kind === 'range' || kind === 'hidden') {
      await all[0].evaluate((input, put) => {
        input.value = put;
        for (const event of ['input', 'change']) input.dispatchEvent(new Event(event, {bubbles: true}));
      }, text);
      return true;
    }
    if (kind === 'submit') return true;
    return all[0].fill(text).then(() => true, () => false);
  }

  // What was not to be entered is added as a form written by hand would have it.
  async fill({values, wrong = true}) {
    for (const [name, value] of Object.entries(values)) {
      if (await this.enter(name, value) || !wrong) continue;
      await this.page.evaluate(([input_name, put]) => {
        const form = document.getElementById('form');
        for (const other of form.querySelectorAll(`[name=${JSON.stringify(input_name)}]`)) other.disabled = true;
        form.append(Object.assign(document.createElement('input'), {type: 'hidden', name: input_name, value: put}));
      }, [name, written(value)]);
    }
  }

  async submit({values, wrong}) {
    await this.fill({values});
    const blocked = await this.page.evaluate((despite) => {
      const form = document.getElementById('form');
      form.noValidate = despite;
      return despite ? '' : [...form.querySelectorAll(':invalid')]
        .map((input) => `${input.name}: ${input.validationMessage}`).join('; ');
    }, wrong);
    if (blocked) return this.tell('blocked', {what: blocked});
    const named = Object.keys(values).map((name) => `#form button[name=${JSON.stringify(name)}]` +
                                                    `[value=${JSON.stringify(written(values[name]))}]`);
    const usual = ['#form .otree-btn-next', '#form button:not([type])', '#form [type=submit]'];
    for (const selector of [...named, ...usual]) {
      const button = await this.page.$(selector);
      if (button) return button.click({noWaitAfter: true});
    }
    return this.page.evaluate(() => document.getElementById('form').submit());
  }
}

const {chromium} = find_playwright();
const browser = await chromium.launch({
  executablePath: find_chromium(), headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
         '--disable-component-update', '--disable-sync'],
}).catch((error) => missing(`Chromium does not start: ${error.message.split('\n')[0]}`));
const windows = new Map();
tell({event: 'ready'});

async function obey(command) {
  if (command.do !== 'open') return windows.get(command.seat)[command.do](command);
  const page = await (await browser.newContext()).newPage();
  windows.set(command.seat, new Window(command.seat, page));
  return page.goto(command.link);
}

// One thing at a time in a window, all windows beside each other.
const last = new Map();
const lines = createInterface({input: process.stdin});
lines.on('line', (line) => {
  const command = JSON.parse(line);
  const before = last.get(command.seat) || Promise.resolve();
  last.set(command.seat, before.then(() => obey(command)).catch((error) => {
    // A page that moves on by itself takes a command's ground away; what comes of it is seen then.
    if (/navigation|destroyed|detached|not attached|ERR_ABORTED/i.test(error.message)) return;
    tell({event: 'failed', seat: command.seat, what: `the browser: ${error.message.split('\n')[0]}`});
  }));
});
const end = () => browser.close().catch(() => {}).finally(() => process.exit(0));
lines.on('close', end);
process.on('SIGTERM', end);
