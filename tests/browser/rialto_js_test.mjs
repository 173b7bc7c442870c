// What rialto.js promises a page that sends and hears, in Chromium, against a server that the test scripts.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ScriptedSite, context, got, handled, logs, open, page, ready, recorder, site,
        until} from './scripted_window.mjs';

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

test('the page gets no other global names than liveSend, liveSocket and cu', async () => {
  await open();
  const plain = await context.newPage();
  await plain.goto(ScriptedSite.origin + '/elsewhere');
  const names = 'Object.getOwnPropertyNames(window)';
  const usual = new Set(await plain.evaluate(names));
  const added = (await page.evaluate(names)).filter((name) => !usual.has(name));
  assert.deepEqual(added.sort(), ['$', 'cu', 'got', 'infos', 'jQuery', 'js_vars', 'liveRecv', 'liveSend',
                                  'liveSocket']);
});

test('cu writes an amount as the project does', async () => {
  await open();
  const amounts = [12.5, 1, -3, 1234567, 0, -0.001].map((amount) => `cu(${amount})`);
  assert.deepEqual(await page.evaluate(`[${amounts}]`),
                   ['$12.50', '$1.00', '-$3.00', '$1,234,567.00', '$0.00', '$0.00']);
});

test('a page may have a function cu of its own', async () => {
  await open('<script>const cu = (x) => `${x} tokens`; function liveRecv() {}</script>');
  assert.equal(await page.evaluate('cu(3)'), '3 tokens');
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

test('a reload first sends what the load before left, unchanged, under its name', async () => {
  await open();
  await ready();
  site.judge = () => ({code: 'busy', again: true});
  await page.evaluate('liveSend({old: 1}), liveSend("old 2")');
  await until('both were tried', () => site.frames.filter((f) => f.type === 'send').length >= 2);
  const first = site.hellos[0].sender;
  site.judge = () => null;
  site.pages[0].head = '<script>liveSend("new")</script>';
  await page.reload();
  await until('all are handled', () => site.handled.length === 3);
  const second = site.hellos.at(-1).sender;
  assert.notEqual(first, second);
  assert.match(second, /^[A-Za-z0-9_-]{12}$/);
  const hello = site.frames.findLastIndex((f) => f.type === 'hello');
  assert.deepEqual(site.frames.slice(hello).filter((f) => f.type === 'send'), [
    {type: 'send', n: 1, data: {old: 1}, sender: first, page: 'game/1-0'},
    {type: 'send', n: 2, data: 'old 2', sender: first, page: 'game/1-0'},
    {type: 'send', n: 1, data: 'new'}]);
});

test('what earlier loads left is answered before anything new is sent', async () => {
  await open();
  await ready();
  site.acknowledging = false;
  await page.evaluate('liveSend("old")');
  await until('it came', () => site.handled.length === 1);
  await page.reload();
  await page.evaluate('liveSend("new")');
  await ready();
  await page.evaluate('new Promise((resolve) => setTimeout(resolve, 200))');
  assert.deepEqual(handled(), ['old']);
  site.say({type: 'ack', n: 1, sender: site.hellos[0].sender});
  await until('the new one comes', () => site.handled.length === 2);
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

test('at most 15 sends are under way at a time', async () => {
  await open();
  await ready();
  site.acknowledging = false;
  await page.evaluate('for (let i = 0; i < 40; i++) liveSend(i)');
  await until('fifteen came', () => site.frames.filter((f) => f.type === 'send').length === 15);
  await page.evaluate('new Promise((resolve) => setTimeout(resolve, 200))');
  assert.equal(site.frames.filter((f) => f.type === 'send').length, 15);
  site.acknowledging = true;
  site.say({type: 'ack', n: 15});
  await until('the rest comes', () => site.handled.length === 40);
  assert.deepEqual(handled(), [...Array(40).keys()]);
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

test('rialto.js is at most 20 KiB', async () => {
  const {statSync} = await import('node:fs');
  assert(statSync(new URL('../../gateway/browser/rialto.js', import.meta.url)).size <= 20 * 1024);
});
