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
  // The server itself waits long, so that a slow machine does not decide.
  server = await new Server(['--limit', 'hand_in=30000']).start();
});
after(async () => {
  await browser.close();
  await server.stop();
});

const asked = async (...words) => JSON.parse(await server.command(...words, '--json'));

// As a browser does to a page in the background, only more so: the page's own timers never run.
function stop_timers() {
  globalThis.setInterval = () => 0;
}

// At once, since the page has two seconds.
function type_seven() {
  addEventListener('DOMContentLoaded', () => {
    const input = document.querySelector('[name=number]');
    if (input) input.value = '7';
  });
}

test('what is being typed when the time runs out is handed in, also where the page has no timers', async () => {
  const session = await server.create('hurried', 1);
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(stop_timers);
  await page.addInitScript(type_seven);
  await page.goto(session.links[0]);
  await page.waitForURL(/Results/);
  assert.match(await page.textContent('body'), /7/);
});

test('a closed session says so in every window within a second, changes nothing, and goes on', async () => {
  const session = await server.create('auction', 3);
  const windows = [];
  for (const link of session.links) windows.push(await open_window(browser, link));
  for (const page of windows) await live(page);
  await asked('session', 'close', session.code, '--yes');
  for (const page of windows) {
    await until('the window says so', async () => await line_state(page) === 'closed', 1000);
  }
  const late = await open_window(browser, session.links[0]);
  assert.match(await late.textContent('body'), /closed/i);
  await asked('session', 'reopen', session.code);
  for (const page of windows) await until('the line is back', async () => await line_state(page) !== 'closed', 20000);
  for (const page of windows) await live(page);
});

test('who plays on reads that somebody has left', async () => {
  const session = await server.create('auction', 3);
  const windows = [];
  for (const link of session.links) windows.push(await open_window(browser, link));
  for (const page of windows) await live(page);
  const {participants} = await asked('session', 'show', session.code);
  await asked('participant', 'drop', session.code, participants[2].code, '--yes');
  for (const page of windows.slice(0, 2)) await page.waitForSelector('#rialto-bereft');
  await until('who was dropped is told', async () =>
    /taken out/.test(await windows[2].textContent('body')));
  await windows[0].reload();
  await windows[0].waitForSelector('#rialto-bereft');
});
