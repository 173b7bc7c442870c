// What rialto.js promises a page, in Chromium, against a server that the test scripts.
import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, test} from 'node:test';
import {launch, until} from './chromium.mjs';
import {ScriptedSite, words} from './scripted_site.mjs';

let browser, context, site, page, logs;
before(async () => browser = await launch());
after(() => browser.close());
beforeEach(async () => {
  context = await browser.newContext();
  site = new ScriptedSite();
  await site.open(context);
  logs = [];
  context.on('console', (message) => logs.push(`${message.type()}: ${message.text()}`));
  context.on('weberror', (error) => logs.push('thrown: ' + error.error().message));
});
afterEach(() => context.close());

const recorder = '<script>var got = [], infos = []; ' +
  'function liveRecv(data, info) { got.push(data); infos.push(info); }</script>';

async function open(fragment = recorder, more = {}) {
  site.pages[0] ||= {fragment, ...more};
  page = await context.newPage();
  await page.goto(ScriptedSite.origin + site.page_path());
  return page;
}

const got = (where = page) => where.evaluate('got');
const ready = (where = page) =>
  until('the socket opens', () => where.evaluate('liveSocket.readyState === 1'));
const handled = () => site.handled.map((send) => send.data);
const holds = (name, probe) => until(name, async () => {
  try {
    return await probe();
  } catch (error) {
    if (/context was destroyed|navigat/.test(error.message)) return false;
    throw error;
  }
});
const line_state = (where = page) => where.getAttribute('#rialto-line', 'data-state');

test('any JSON value comes back as it was sent', async () => {
  await open();
  const values = [99, 'hello world', [4, 5, 6], {type: 'bid', value: 10.5}, null, false, 0, '',
                  {a: {b: [{}]}}, 'ünïcödé 你好 😀', '\\ud800 "\n\u2028</script>'];
  await page.evaluate((all) => all.forEach((value) => liveSend(value)), values);
  await until('all are back', async () => (await got()).length === values.length);
  assert.deepEqual(await got(), values);
});

test('liveSend works from a script in the head, and its answer waits for the page', async () => {
  await open(`<p id="late"></p><script>
      var order = [];
      document.addEventListener('DOMContentLoaded', () => setTimeout(() => order.push('deferred ready')));
      document.addEventListener('DOMContentLoaded', () => order.push('ready'));
      function liveRecv(data) { order.push(data + (document.getElementById('late') ? '' : ' too early')); }
    </script>`, {head: '<script>liveSend("early")</script>'});
  await until('it is back', async () => (await page.evaluate('order')).length === 3);
  assert.deepEqual(await page.evaluate('order'), ['ready', 'deferred ready', 'early']);
});

test('the page gets no other global names than liveSend and liveSocket', async () => {
  await open();
  const plain = await context.newPage();
  await plain.goto(ScriptedSite.origin + '/elsewhere');
  const names = 'Object.getOwnPropertyNames(window)';
  const usual = new Set(await plain.evaluate(names));
  const added = (await page.evaluate(names)).filter((name) => !usual.has(name));
  assert.deepEqual(added.sort(), ['$', 'got', 'infos', 'jQuery', 'js_vars', 'liveRecv', 'liveSend',
                                  'liveSocket']);
});

test('liveRecv may be declared by let or const and be replaced', async () => {
  await open('<script>var got = []; let liveRecv = (data) => got.push(["first", data]);</script>');
  await page.evaluate('liveSend(1)');
  await until('the first hears', async () => (await got()).length === 1);
  await page.addScriptTag({content: 'liveRecv = (data) => got.push(["second", data]); liveSend(2);'});
  await until('the second hears', async () => (await got()).length === 2);
  assert.deepEqual(await got(), [['first', 1], ['second', 2]]);
});

test('a page without liveRecv is told once, on the console', async () => {
  await open('<p>quiet</p>');
  await page.evaluate('liveSend(1), liveSend(2)');
  await until('both are handled', () => site.handled.length === 2);
  await until('it is noted', () => logs.some((log) => log.includes('no function liveRecv')));
  assert.equal(logs.filter((log) => log.includes('no function liveRecv')).length, 1);
});

test('a liveRecv that throws is reported and hears the next message', async () => {
  await open('<script>var got = []; function liveRecv(data) { got.push(data); ' +
             'if (data === 1) throw new Error("my own mistake"); }</script>');
  await page.evaluate('liveSend(1), liveSend(2)');
  await until('both are heard', async () => (await got()).length === 2);
  await until('it is reported', () => logs.includes('thrown: my own mistake'));
});

test('a refusal reaches liveError with its data, and the console', async () => {
  site.judge = (send) => send.data === 'bad' ? {code: 'bad_message'} : null;
  await open(recorder + '<script>var errors = []; const liveError = (e) => errors.push(e);</script>');
  await page.evaluate('liveSend("good"), liveSend("bad"), liveSend("better")');
  await until('it is refused', async () => (await page.evaluate('errors')).length === 1);
  await until('the others pass', async () => (await got()).length === 2);
  assert.deepEqual(await page.evaluate('errors'),
                   [{code: 'bad_message', message: 'bad_message it is', n: 2, data: 'bad'}]);
  assert.deepEqual(handled(), ['good', 'better']);
  assert(logs.some((log) => log.startsWith('error: rialto: bad_message')));
});

test('what cannot be sent throws at once, and says why', async () => {
  await open();
  const thrown = (code) => page.evaluate((text) => {
    try {
      new Function(text)();
    } catch (error) {
      return error.message;
    }
    return 'nothing';
  }, code);
  assert.match(await thrown('liveSend(undefined)'), /undefined is no value that can be sent/);
  assert.match(await thrown('liveSend()'), /undefined/);
  assert.match(await thrown('liveSend(() => 1)'), /function is no value/);
  assert.match(await thrown('liveSend(Symbol())'), /symbol is no value/);
  assert.match(await thrown('const a = {}; a.a = a; liveSend(a)'), /circular/i);
  assert.match(await thrown('liveSend("x".repeat(65536))'), /65\d\d\d bytes is too large/);
  assert.match(await thrown('liveSend("é".repeat(32768))'), /too large/);
  assert.match(await thrown('let d = 1; for (let i = 0; i < 61; i++) d = [d]; liveSend(d)'), /60 deep/);
  assert.match(await thrown('liveSocket.send("no json")'), /JSON/);
  await page.evaluate('liveSend("after")');
  await until('the next goes', () => site.handled.length === 1);
  assert.equal(site.handled[0].n, 1);
});

test('NaN and Infinity go as null, with a warning; half a character goes as its replacement', async () => {
  await open();
  await page.evaluate('liveSend(NaN), liveSend({x: [Infinity]}), liveSend(["\\ud800", "a\\udc00b", "😀"])');
  await until('they are back', async () => (await got()).length === 3);
  assert.deepEqual(await got(), [null, {x: [null]}, ['\ufffd', 'a\ufffdb', '😀']]);
  assert.equal(logs.filter((log) => /^warning: .*NaN/.test(log)).length, 2);
});

test('liveSocket can be patched as pages for oTree do: onmessage, send, listeners', async () => {
  await open(`<script>var got = [], raw = [], sent = [], heard = [];
    function liveRecv(data, info) { got.push([data, info && info.record]); }
    const old = liveSocket.onmessage;
    liveSocket.onmessage = function (event) { raw.push(event.data); old(event); };
    liveSocket.addEventListener('message', (event) => heard.push(JSON.parse(event.data)));
    const send = liveSocket.send;
    liveSocket.send = function (text) { sent.push(text); send(text); };
    liveSend({a: 1}); liveSocket.send('[2]');</script>`);
  await until('both are back', async () => (await got()).length === 2);
  assert.deepEqual(await got(), [[{a: 1}, 1], [[2], 2]]);
  assert.deepEqual(await page.evaluate('[raw, sent, heard]'),
                   [['{"a":1}', '[2]'], ['{"a":1}', '[2]'], [{a: 1}, [2]]]);
});

test('replayed tells history from news; a reload brings history once', async () => {
  await open();
  await page.evaluate('liveSend("a"), liveSend("b")');
  await until('both are back', async () => (await got()).length === 2);
  await page.reload();
  await until('history is back', async () => (await got()).length === 2);
  await page.evaluate('liveSend("c")');
  await until('news', async () => (await got()).length === 3);
  assert.deepEqual(await page.evaluate('infos'), [
    {replayed: true, record: 1, time: 1700000000000}, {replayed: true, record: 2, time: 1700000000001},
    {replayed: false, record: 3, time: 1700000000002}]);
});

test('a page that wants no history gets only what is said after it was rendered', async () => {
  site.broadcast('old');
  await open(recorder, {none: true});
  await ready();
  await page.evaluate('liveSend("new")');
  await until('news', async () => (await got()).length > 0);
  assert.deepEqual(await got(), ['new']);
  assert.equal(site.hellos[0].after, 1);
});

test('what was not acknowledged is sent again after a drop, in order, once', async () => {
  await open();
  await ready();
  site.acknowledging = false;
  await page.evaluate('liveSend(1), liveSend(2)');
  await until('two are handled', () => site.handled.length === 2);
  site.drop();
  await page.evaluate('liveSend(3)');
  site.acknowledging = true;
  await until('all are back', async () => (await got()).length === 3);
  await until('none is kept', () => page.evaluate('sessionStorage.getItem("rialto:abc") === null'));
  assert.deepEqual(handled(), [1, 2, 3]);
  assert.deepEqual(site.frames.filter((f) => f.type === 'send').map((f) => f.n), [1, 2, 1, 2, 3]);
  assert.equal(site.hellos[1].after, 1);
});

test('the first attempt to reconnect is made at once', async () => {
  await open();
  await ready();
  const dropped = Date.now();
  site.drop();
  await until('connected', () => site.connections === 2, 1000);
  assert(Date.now() - dropped < 400, `${Date.now() - dropped} ms`);
});

test('attempts keep coming, with pauses of at least 100 ms and at most 5 s', async () => {
  await open();
  await ready();
  site.accepting = false;
  const times = [];
  await page.exposeFunction('noted', () => times.push(Date.now()));
  await page.evaluate('const W = WebSocket; window.WebSocket = class extends W { ' +
                      'constructor(...a) { super(...a); noted(); } }');
  site.drop();
  await until('six attempts', () => times.length >= 6, 20000);
  const gaps = times.slice(1).map((time, i) => time - times[i]);
  assert(gaps.every((gap) => gap >= 90 && gap < 5600), String(gaps));
  site.accepting = true;
  await ready();
});

test('a reload first sends what the load before left, unchanged, under its name', async () => {
  await open();
  await ready();
  site.judge = () => ({code: 'busy', again: true});
  await page.evaluate('liveSend({old: 1}), liveSend("old 2")');
  await until('both were tried', () => site.frames.filter((f) => f.type === 'send').length >= 2);
  const first = site.hellos[0].sender;
  site.frames = [];
  site.judge = () => null;
  site.pages[0].head = '<script>liveSend("new")</script>';
  await page.reload();
  await until('all are handled', () => site.handled.length === 3);
  const second = site.hellos.at(-1).sender;
  assert.notEqual(first, second);
  assert.match(second, /^[A-Za-z0-9_-]{12}$/);
  assert.deepEqual(site.frames.filter((f) => f.type === 'send'), [
    {type: 'send', n: 1, data: {old: 1}, sender: first, page: 'game/1-0'},
    {type: 'send', n: 2, data: 'old 2', sender: first, page: 'game/1-0'},
    {type: 'send', n: 1, data: 'new'}]);
});

test('a duplicated tab resends a copy, which changes nothing, and then counts for itself', async () => {
  await open();
  await ready();
  site.acknowledging = false;
  await page.evaluate('liveSend("once")');
  await until('handled', () => site.handled.length === 1);
  const [copy] = await Promise.all([context.waitForEvent('page'),
                                    page.evaluate('void window.open(location.href)')]);
  await until('the copy resends', () => site.frames.filter((f) => f.type === 'send').length === 2);
  site.acknowledging = true;
  site.drop();
  await ready(copy);
  await copy.evaluate('liveSend("from the copy")');
  await page.evaluate('liveSend("from the first")');
  await until('all are handled', () => site.handled.length === 3);
  assert.deepEqual(handled().sort(), ['from the copy', 'from the first', 'once']);
  assert.equal(new Set(site.handled.map((send) => send.sender)).size, 2);
});

test('at most 256 sends or 1 MB wait; the next throws and takes no number', async () => {
  await open();
  await ready();
  site.accepting = false;
  site.drop();
  const fill = (count, size) => page.evaluate(([c, s]) => {
    for (let i = 0; i < c; i++) {
      try {
        liveSend('x'.repeat(s));
      } catch (error) {
        return [i, error.message];
      }
    }
    return [c, ''];
  }, [count, size]);
  const [taken, why] = await fill(300, 10);
  assert.equal(taken, 256);
  assert.match(why, /256 messages already wait/);
  site.accepting = true;
  await until('all go through', () => site.handled.length === 256, 15000);
  site.accepting = false;
  site.drop();
  assert.equal((await fill(30, 60000))[0], 16);
});

test('at most 16 sends are under way at a time', async () => {
  await open();
  await ready();
  site.acknowledging = false;
  await page.evaluate('for (let i = 0; i < 40; i++) liveSend(i)');
  await until('sixteen came', () => site.frames.filter((f) => f.type === 'send').length === 16);
  await page.evaluate('new Promise((resolve) => setTimeout(resolve, 200))');
  assert.equal(site.frames.filter((f) => f.type === 'send').length, 16);
  site.acknowledging = true;
  site.say({type: 'ack', n: 16});
  await until('the rest comes', () => site.handled.length === 40);
  assert.deepEqual(handled(), [...Array(40).keys()]);
});

for (const code of ['too_fast', 'storage_full', 'busy']) {
  test(`${code} is retried, in order, after a pause, without troubling the page`, async () => {
    let from = 0;
    site.judge = (send) => {
      if (!from && send.n === 3) from = Date.now();
      return from && Date.now() - from < 300 && send.n >= 3 ? {code, again: true} : null;
    };
    await open(recorder + '<script>var errors = []; function liveError(e) { errors.push(e); }</script>');
    await page.evaluate('for (let i = 1; i <= 8; i++) liveSend(i)');
    await until('all are handled', () => site.handled.length === 8);
    assert.deepEqual(handled(), [1, 2, 3, 4, 5, 6, 7, 8]);
    assert.deepEqual(await page.evaluate('errors'), []);
    assert(site.frames.length < 60, `${site.frames.length} frames: no pause?`);
  });
}

test('a server that is busy for longer is spoken of, and then again no more', async () => {
  let busy = true;
  site.judge = () => busy ? {code: 'storage_full', again: true} : null;
  await open();
  await page.evaluate('liveSend(1)');
  await until('busy', async () => await line_state() === 'busy');
  assert.equal(await page.textContent('#rialto-line'), words.en.line.busy);
  busy = false;
  await until('up', async () => await line_state() === 'up');
});

test('the hidden field of the form is kept equal to what is not acknowledged', async () => {
  await open();
  await ready();
  site.acknowledging = false;
  await page.evaluate('liveSend({"a": "<\\"&"}), liveSend(2)');
  const sender = site.hellos[0].sender;
  assert.deepEqual(JSON.parse(await page.inputValue('[name=rialto_pending]')), [
    {type: 'send', n: 1, data: {a: '<"&'}, sender, page: 'game/1-0'},
    {type: 'send', n: 2, data: 2, sender, page: 'game/1-0'}]);
  assert.equal(await page.evaluate('document.forms[0].id'), 'form');
  site.say({type: 'ack', n: 1});
  await until('one is left', async () =>
    JSON.parse(await page.inputValue('[name=rialto_pending]')).length === 1);
  site.say({type: 'ack', n: 2});
  await until('none is left', async () => await page.inputValue('[name=rialto_pending]') === '');
});

const next_page = () => {
  site.on_post = () => { site.position = 1; };
};
const button = '<button id="next" name="answer" value="yes">Next</button>';

test('liveSend(x); form.submit() on one line works, the next page not being live', async () => {
  next_page();
  await open();
  await ready();
  await page.evaluate('liveSend("last words"); document.getElementById("form").submit();');
  await page.waitForSelector('#finished');
  assert.deepEqual(handled(), ['last words']);
  assert.equal(site.posts.length, 1);
});

test('document.querySelector("form").submit() submits the page', async () => {
  next_page();
  await open();
  await ready();
  await page.evaluate('document.querySelector("form").submit()');
  await page.waitForSelector('#finished');
  assert.equal(site.posts.length, 1);
});

test('while the line is down a submit waits, says so, and then goes with what was sent', async () => {
  next_page();
  await open();
  await ready();
  site.accepting = false;
  site.drop();
  await page.evaluate('liveSend("last words"); document.getElementById("form").submit();');
  await page.evaluate('document.getElementById("form").submit()');
  await until('it says so', async () => await line_state() === 'waiting');
  assert.equal(await page.textContent('#rialto-line'), words.en.line.waiting);
  assert.equal(site.posts.length, 0);
  site.accepting = true;
  await page.waitForSelector('#finished');
  assert.equal(site.posts.length, 1);
  assert.equal(JSON.parse(site.posts[0].fields.rialto_pending)[0].data, 'last words');
  assert.deepEqual(handled(), ['last words']);
});

test('a pressed button waits, too, and its name and value go along', async () => {
  next_page();
  await open(recorder + button + '<input name="other" value="field">');
  await ready();
  site.accepting = false;
  site.drop();
  await page.click('#next');
  await page.click('#next');
  site.accepting = true;
  await page.waitForSelector('#finished');
  assert.equal(site.posts.length, 1);
  assert.equal(site.posts[0].fields.answer, 'yes');
  assert.equal(site.posts[0].fields.other, 'field');
});

test('a second click does not submit twice', async () => {
  site.on_post = () => new Promise((resolve) => setTimeout(resolve, 1000))
    .then(() => { site.position = 1; });
  await open(recorder + button);
  await ready();
  await page.evaluate(`setTimeout(() => document.getElementById('next').click());
    setTimeout(() => document.getElementById('next').click(), 300);
    setTimeout(() => document.getElementById('form').submit(), 500);`);
  await page.waitForSelector('#finished');
  assert.equal(site.posts.length, 1);
});

test('a page that prevents its submit is left alone', async () => {
  await open(recorder + button + '<script>document.getElementById("form").addEventListener("submit", ' +
             '(event) => event.preventDefault())</script>');
  await ready();
  await page.click('#next');
  await page.evaluate('liveSend("still here")');
  await until('still here', async () => (await got()).length === 1);
  assert.equal(site.posts.length, 0);
});

test('where nothing was heard for long, a submit asks for the line first', async () => {
  next_page();
  await open(recorder + button);
  await ready();
  await page.evaluate('const real = performance.now.bind(performance); ' +
                      'performance.now = () => real() + 60000;');
  site.answering_pings = false;
  const connections = site.connections;
  await page.click('#next');
  await until('asked', () => site.frames.some((frame) => frame.type === 'ping'));
  assert.equal(site.posts.length, 0);
  await until('a new line', () => site.connections > connections);
  await page.waitForSelector('#finished');
});

test('an input of liveform is validated, and is no part of the page form', async () => {
  next_page();
  await open(recorder + button +
             '<input id="whatever" name="bid" type="number" max="99" required form="liveform">');
  await ready();
  const check = (what) => page.evaluate(`document.getElementById('liveform').${what}()`);
  assert.equal(await check('checkValidity'), false);
  await page.fill('#whatever', '100');
  assert.equal(await check('reportValidity'), false);
  await page.fill('#whatever', '99');
  assert.equal(await check('checkValidity'), true);
  await page.evaluate('document.getElementById("liveform").requestSubmit()');
  await page.fill('#whatever', '');
  await page.click('#next');
  await page.waitForSelector('#finished');
  assert(!('bid' in site.posts[0].fields));
});

test('Enter in an input does not submit the page, and the page still hears it', async () => {
  await open(recorder + button + '<input id="in"><input id="live" form="liveform"><textarea id="area"></textarea>' +
             '<input id="press" type="button" value="x" onclick="liveSend(\'pressed\')">' +
             '<script>var keys = []; document.addEventListener("keydown", (e) => keys.push(e.key)); ' +
             'document.getElementById("in").addEventListener("keypress", (e) => keys.push("press"));</script>');
  await ready();
  for (const id of ['in', 'live', 'area']) await page.press('#' + id, 'Enter');
  await page.press('#press', 'Enter');
  await until('a button is still pressed by it', () => handled().includes('pressed'));
  assert.deepEqual(await page.evaluate('keys'), ['Enter', 'press', 'Enter', 'Enter', 'Enter']);
  assert.equal(await page.inputValue('#area'), '\n');
  assert.equal(site.posts.length, 0);
});

test('the indicator: a spell of 700 ms is told of, the end of it too, and it goes', async () => {
  site.language = 'de';
  await open();
  await ready();
  assert.equal(await page.getAttribute('#rialto-line', 'role'), 'status');
  assert.equal(await line_state(), 'up');
  site.accepting = false;
  const dropped = Date.now();
  site.drop();
  await until('down', async () => await line_state() === 'down');
  assert(Date.now() - dropped > 600, `${Date.now() - dropped} ms`);
  assert.equal(await page.textContent('#rialto-line'), words.de.line.down);
  site.accepting = true;
  await until('back', async () => await line_state() === 'back');
  assert.equal(await page.textContent('#rialto-line'), words.de.line.back);
  await until('up', async () => await line_state() === 'up');
  assert.equal(await page.textContent('#rialto-line'), '');
});

test('a drop that mends itself at once goes unmentioned', async () => {
  await open();
  await ready();
  await page.evaluate(`var states = []; new MutationObserver(() => states.push(
    document.getElementById('rialto-line').dataset.state)).observe(
    document.getElementById('rialto-line'), {attributes: true})`);
  site.drop();
  await until('reconnected', () => site.hellos.length === 2);
  await page.evaluate('new Promise((resolve) => setTimeout(resolve, 900))');
  assert.deepEqual(await page.evaluate('states'), []);
});

test('every language has every word', () => {
  for (const [language, table] of Object.entries(words)) {
    assert.deepEqual(Object.keys(table), Object.keys(words.en), language);
    assert.deepEqual(Object.keys(table.line), Object.keys(words.en.line), language);
  }
  for (const language of ['en', 'de', 'fr', 'es', 'zh', 'ja']) assert(words[language], language);
});

test('moved leads to the participant’s current page, and sends left behind are refused quietly', async () => {
  await open(recorder);
  await ready();
  site.acknowledging = false;
  site.judge = () => ({code: 'busy', again: true});
  await page.evaluate('liveSend("too late")');
  await until('it was tried', () => site.frames.some((frame) => frame.type === 'send'));
  site.position = 1;
  site.pages[1] = {fragment: recorder + '<p id="next-page"></p><script>var errors = []; ' +
                             'function liveError(e) { errors.push(e); }</script>'};
  site.judge = (send) => send.page === 'game/1-0' ? {code: 'stale_page'} : null;
  site.say({type: 'moved'});
  await page.waitForSelector('#next-page', {state: 'attached'});
  assert.equal(new URL(page.url()).pathname, '/p/abc/');
  await until('refused', () => logs.some((log) => /stale_page.*sent from game\/1-0/.test(log)));
  assert.deepEqual(await page.evaluate('errors'), []);
  assert.equal(await page.evaluate('sessionStorage.getItem("rialto:abc")'), null);
});

test('reload loads the page again; asked at every load, it slows down', async () => {
  await open();
  await ready();
  const loads = () => site.hellos.length;
  site.say({type: 'reload', reason: 'outdated'});
  await until('loaded again', () => loads() === 2);
  site.after_hello = (line) => {
    line.send('{"type":"reload","reason":"outdated"}');
    return false;
  };
  site.drop();
  await page.evaluate('new Promise((resolve) => setTimeout(resolve, 4000))').catch(() => {});
  await until('several loads', () => loads() >= 6);
  const before = loads();
  await new Promise((resolve) => setTimeout(resolve, 3000));
  assert(loads() - before <= 2, `${loads() - before} loads in 3 s`);
});

for (const how of ['said by the server', 'seen in another lineage']) {
  test(`a lost history, ${how}, drops what was unanswered and loads the page again`, async () => {
    await open(recorder + '<script>function liveError(e) { sessionStorage.told = e.code; }</script>');
    await ready();
    site.judge = () => ({code: 'busy', again: true});
    await page.evaluate('liveSend("lost")');
    await until('it was tried', () => site.frames.some((frame) => frame.type === 'send'));
    site.judge = () => null;
    site.lineage = 'ffff0000';
    if (how === 'said by the server') site.say({type: 'history_lost'});
    else site.drop();
    await holds('loaded with the new lineage', async () =>
      site.hellos.at(-1).lineage === 'ffff0000' && await page.evaluate('liveSocket.readyState === 1'));
    assert.equal(await page.evaluate('sessionStorage.told'), 'history_lost');
    assert.equal(await page.evaluate('sessionStorage.getItem("rialto:abc")'), null);
    assert.deepEqual(handled(), []);
    await page.evaluate('liveSend("found")');
    await until('it goes on', async () => (await got()).length === 1);
  });
}

for (const [code, word] of [[4403, 'link'], [4404, 'closed']]) {
  test(`close code ${code} ends the attempts and says why; a submit then goes as it is`, async () => {
    next_page();
    await open(recorder + button);
    await ready();
    site.drop(code);
    await until('told', async () => await line_state() === word);
    assert.equal(await page.textContent('#rialto-line'), words.en.line[word]);
    assert.equal(await page.evaluate('liveSocket.readyState'), 3);
    const connections = site.connections;
    await page.evaluate('new Promise((resolve) => setTimeout(resolve, 1200))');
    assert.equal(site.connections, connections);
    await page.click('#next');
    await page.waitForSelector('#finished');
  });
}

for (const [name, event] of [
  ['visibilitychange', 'document.dispatchEvent(new Event("visibilitychange"))'],
  ['online', 'window.dispatchEvent(new Event("online"))'],
  ['offline', 'window.dispatchEvent(new Event("offline"))'],
  ['pageshow', 'window.dispatchEvent(new PageTransitionEvent("pageshow"))'],
]) {
  test(`${name} checks the line: an answer keeps it, none within 3 s makes a new one`, async () => {
    await open();
    await ready();
    const pings = () => site.frames.filter((frame) => frame.type === 'ping').length;
    const before = pings();
    await page.evaluate(event);
    await until('asked', () => pings() > before);
    assert.equal(site.connections, 1);
    site.answering_pings = false;
    const asked = Date.now();
    await page.evaluate(event);
    await until('a new line', () => site.hellos.length === 2);
    assert(Date.now() - asked >= 2900 && Date.now() - asked < 4500, `${Date.now() - asked} ms`);
    await page.evaluate('liveSend("works")');
    await until('works', async () => (await got()).length === 1);
  });
}

test('a page shown again from the back/forward cache is loaded again', async () => {
  await open();
  await ready();
  const first = site.hellos[0].sender;
  await page.evaluate('window.dispatchEvent(new PageTransitionEvent("pageshow", {persisted: true}))');
  await until('loaded again', () => site.hellos.some((hello) => hello.sender !== first));
});

test('going back to a live page never shows it as it was frozen', async () => {
  await open();
  await ready();
  site.broadcast('before');
  await until('heard', async () => (await got()).length === 1);
  await page.goto(ScriptedSite.origin + '/elsewhere');
  site.broadcast('meanwhile');
  await page.goBack();
  await holds('all is there, once', async () =>
    JSON.stringify(await got()) === '["before","meanwhile"]');
});

test('frames of an unknown type and codes without a number do no harm', async () => {
  await open(recorder + '<script>var errors = []; function liveError(e) { errors.push(e.code); }</script>');
  await ready();
  site.say({type: 'constructor'});
  site.say({type: 'weather', sunny: true});
  site.say({type: 'error', code: 'unknown_type', message: 'what?'});
  await page.evaluate('liveSend("still")');
  await until('still', async () => (await got()).length === 1);
  assert.deepEqual(await page.evaluate('errors'), ['unknown_type']);
});

test('a record that brings several messages, cut off in between, comes whole and once', async () => {
  await open();
  await ready();
  const parts = ['one', 'two', 'two'].map((data) => ({record: 1, time: 1700000000000, data}));
  site.say(parts[0]);
  site.say(parts[1]);
  await until('two are here', async () => (await got()).length === 2);
  site.records = parts;
  site.drop();
  await until('all are here', async () => (await got()).length === 3);
  site.broadcast('next');
  await until('next', async () => (await got()).includes('next'));
  assert.deepEqual(await got(), ['one', 'two', 'two', 'next']);
});

test('rialto.js is at most 20 KB', async () => {
  const {statSync} = await import('node:fs');
  assert(statSync(new URL('../../gateway/browser/rialto.js', import.meta.url)).size <= 20000);
});
