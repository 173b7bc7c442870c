// What rialto.js does when the line or the server misbehaves, against a server that the test scripts.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ScriptedSite, button, got, handled, holds, line_state, logs, next_page, open, page, ready,
        recorder, site, until, words} from './scripted_window.mjs';

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

test('what is sent into a silent line is said to be kept within four seconds, and that it went', async () => {
  await open();
  await ready();
  await until('the line is up', async () => await line_state() === 'up');
  site.deaf = true;
  const sent = Date.now();
  await page.evaluate('liveSend(1)');
  await until('told', async () => await line_state() === 'slow', 4000);
  assert(Date.now() - sent > 2000, `${Date.now() - sent} ms`);
  assert.equal(await page.textContent('#rialto-line'), words.en.line.slow);
  site.hear();
  await until('it came', () => site.handled.length === 1);
  await until('and it is said', async () => ['back', 'up'].includes(await line_state()));
});

test('sending on into a silent line does not put off that it is said', async () => {
  await open();
  await ready();
  site.deaf = true;
  await page.evaluate('liveSend(0); var more = setInterval(() => liveSend(1), 300)');
  await until('told', async () => await line_state() === 'slow', 4000);
});

test('a server that takes its time on a line that lives is not called slow', async () => {
  site.acknowledging = false;
  await open();
  await ready();
  await page.evaluate(`var states = []; new MutationObserver(() => states.push(
    document.getElementById('rialto-line').dataset.state)).observe(
    document.getElementById('rialto-line'), {attributes: true});
    for (let i = 0; i < 20; i++) liveSend(i)`);
  const pings = () => site.frames.filter((frame) => frame.type === 'ping').length;
  await until('the line was asked again and again', () => pings() >= 4, 20000);
  assert.deepEqual(await page.evaluate('states'), []);
  assert(site.frames.filter((frame) => frame.type === 'send').length < 16, 'a server would not read on');
});

test('a message that is too large is told of in words, also where the page does not notice', async () => {
  await open(recorder + '<button id="draw" type="button" onclick="liveSend(\'x\'.repeat(70000))">Draw</button>');
  await ready();
  await page.click('#draw');
  await until('told', async () => await line_state() === 'too_large');
  assert.equal(await page.textContent('#rialto-line'), words.en.line.too_large);
  await page.evaluate('liveSend("small")');
  await until('the next goes', () => site.handled.length === 1);
  assert.equal(await line_state(), 'too_large');
  await until('and it goes', async () => await line_state() === 'up', 12000);
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

test('what is sent while the line is down is said to be kept, until it has gone out', async () => {
  await open();
  await ready();
  site.accepting = false;
  site.drop();
  await until('down', async () => await line_state() === 'down');
  await page.evaluate('liveSend(1)');
  await until('kept', async () => await line_state() === 'kept');
  assert.equal(await page.textContent('#rialto-line'), words.en.line.kept);
  site.accepting = true;
  await until('back', async () => await line_state() === 'back');
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

for (const [code, word] of [[4403, 'link'], [4404, 'closed'], [4410, 'windows']]) {
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

test('a live page that comes from the back/forward cache is loaded again, and shows what was missed',
     async () => {
  await open(recorder + '<script>addEventListener("pageshow", (event) => ' +
             'console.log("persisted: " + event.persisted))</script>');
  await ready();
  site.broadcast('before');
  await until('heard', async () => (await got()).length === 1);
  await page.goto(ScriptedSite.origin + '/elsewhere');
  site.broadcast('meanwhile');
  await page.goBack();
  await holds('all is there, once', async () =>
    JSON.stringify(await got()) === '["before","meanwhile"]');
  assert(logs.includes('log: persisted: true'), 'Chromium did not keep the page');
});
