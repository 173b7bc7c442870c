// Pages that nobody looks at, and sessions that are closed while people play.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {launch, until} from './chromium.mjs';
import {Server} from './server.mjs';
import {line_state, live, open_window} from './windows.mjs';

let browser;
let server;
before(async () => {
  browser = await launch();
  server = await new Server().start();
});
after(async () => {
  await browser.close();
  await server.stop();
});

// As a browser does to a page in the background, only more so: the page's own timers never run.
function stop_timers() {
  globalThis.setInterval = () => 0;
}

test('what is being typed when the time runs out is handed in, also where the page has no timers', async () => {
  const session = await server.asked('session', 'create', 'hurried', '1');
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(stop_timers);
  await page.goto(session.participants[0].link);
  await page.fill('[name=number]', '7');
  await page.waitForURL(/Results/);
  assert.match(await page.textContent('body'), /7/);
});

test('a closed session says so in every window within a second, changes nothing, and goes on', async () => {
  const session = await server.asked('session', 'create', 'auction', '3');
  const windows = [];
  for (const {link} of session.participants) windows.push(await open_window(browser, link));
  for (const page of windows) await live(page);
  await server.asked('session', 'close', session.code, '--yes');
  for (const page of windows) {
    await until('the window says so', async () => await line_state(page) === 'closed', 1000);
  }
  const late = await open_window(browser, session.participants[0].link);
  assert.match(await late.textContent('body'), /closed/i);
  await server.asked('session', 'reopen', session.code);
  for (const page of windows) await until('the line is back', async () => await line_state(page) !== 'closed', 20000);
  for (const page of windows) await live(page);
});

test('who plays on reads that somebody has left', async () => {
  const session = await server.asked('session', 'create', 'auction', '3');
  const windows = [];
  for (const {link} of session.participants) windows.push(await open_window(browser, link));
  for (const page of windows) await live(page);
  await server.asked('participant', 'drop', session.code, session.participants[2].code, '--yes');
  for (const page of windows.slice(0, 2)) await page.waitForSelector('#rialto-bereft');
  await until('who was dropped is told', async () =>
    /taken out/.test(await windows[2].textContent('body')));
  await windows[0].reload();
  await windows[0].waitForSelector('#rialto-bereft');
});
