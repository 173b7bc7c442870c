// A wait page that is more than a sentence: HTML of its own, and live messages among those who wait.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {launch} from './chromium.mjs';
import {Server} from './server.mjs';
import {live, open_window, shows, texts} from './windows.mjs';

let browser, server;
before(async () => {
  browser = await launch();
  server = await new Server().start();
});
after(async () => {
  await browser.close();
  await server.stop();
});

test('who waits hears who waits, also what was said before; all move on when the last has come', async () => {
  const session = await server.create('cheering', 3);
  const windows = [];
  for (const link of session.links) windows.push(await open_window(browser, link));
  const [first, second, third] = windows;
  await first.click('.otree-btn-next');
  await live(first);
  assert.equal((await first.textContent('h1')).trim(), 'A moment');
  assert.equal(await first.textContent('#body'), 'The others are on their way. You are 1, and in a High mood.');
  assert.equal(await first.evaluate('js_vars.me'), 1);
  await first.click('#cheer');
  await shows(first, texts('#cheers'), ['1']);
  await second.click('.otree-btn-next');
  await shows(second, texts('#cheers'), ['1']);
  await second.click('#cheer');
  await shows(first, texts('#cheers'), ['2']);
  await third.click('.otree-btn-next');
  for (const page of windows) await shows(page, texts('#total'), ['2 cheers']);
});
