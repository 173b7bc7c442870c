// How a page is left: rialto.js and the forms of a page, against a server that the test scripts.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {button, got, handled, line_state, next_page, open, page, ready, recorder, site, until,
        words} from './scripted_window.mjs';

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
  await page.evaluate('window.same = true; document.getElementById("liveform").requestSubmit()');
  await page.evaluate('new Promise((resolve) => setTimeout(resolve, 200))');
  assert.equal(await page.evaluate('window.same'), true);
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
