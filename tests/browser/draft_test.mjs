// What somebody has written on a page that cannot hand it in: its tab is in the background and does not
// run any more, or is gone. The page never hands it in by itself here, so that it is the server that does.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {launch, until} from './chromium.mjs';
import {Server} from './server.mjs';
import {live, open_window} from './windows.mjs';

let browser;
let server;
before(async () => {
  browser = await launch();
  // The server itself waits a while, so that a slow machine does not decide.
  server = await new Server(['--limit', 'hand_in=8000']).start();
});
after(async () => {
  await browser.close();
  await server.stop();
});

// The page's own countdown never ends.
function no_countdown() {
  globalThis.setInterval = () => 0;
  globalThis.Worker = undefined;
  document.addEventListener('rialto:time', (event) => event.stopImmediatePropagation());
}

// As somebody does, at once, since the page has two seconds.
function write_seven() {
  addEventListener('DOMContentLoaded', () => {
    const input = document.querySelector('[name=number]');
    if (!input) return;
    input.value = '7';
    input.dispatchEvent(new Event('input', {bubbles: true}));
  });
}

function no_timers() {
  globalThis.setTimeout = () => 0;
}

async function open_writing(...scripts) {
  const session = await server.create('hurried', 1);
  const context = await browser.newContext();
  const page = await context.newPage();
  for (const script of [no_countdown, write_seven, ...scripts]) await page.addInitScript(script);
  const drafts = [];
  page.on('request', (request) => {
    if (/rialto_draft=\d+/.test(request.postData() || '')) drafts.push(request.postData());
  });
  await page.goto(session.links[0]);
  return {page, drafts, link: session.links[0]};
}

// What another window is shown in the end; without scripts, so that it hands in nothing itself.
async function result_of(link) {
  const other = await open_window(browser, link, {javaScriptEnabled: false});
  await until('the time has ended', async () => {
    await other.goto(link);
    return /Results/.test(other.url());
  }, 20000);
  return other.textContent('body');
}

test('what is written when the time runs out is handed in by the server, within a second of its writing', async () => {
  const {link, drafts} = await open_writing();
  assert.match(await result_of(link), /Your number: 7/);
  assert.equal(drafts.length, 1);
  assert.match(drafts[0], /^number=7&rialto_draft=/);
});

// A Chromium without a screen shows all its tabs, so the page is told that it is not seen.
test('the same where the browser freezes the tab as soon as it is out of sight', async () => {
  const {page, link, drafts} = await open_writing(no_timers);
  assert.equal(drafts.length, 0);
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', {value: true});
    document.dispatchEvent(new Event('visibilitychange'));
  });
  const chromium = await page.context().newCDPSession(page);
  await chromium.send('Page.setWebLifecycleState', {state: 'frozen'});
  assert.match(await result_of(link), /Your number: 7/);
});

test('the same where the tab goes elsewhere, and where it is closed', async () => {
  const one = await open_writing(no_timers);
  await one.page.goto('about:blank');
  const two = await open_writing(no_timers);
  await two.page.close({runBeforeUnload: true});
  assert.match(await result_of(one.link), /Your number: 7/);
  assert.match(await result_of(two.link), /Your number: 7/);
});

test('the same where the server is killed in between: the page tells it again', async () => {
  const {page, link, drafts} = await open_writing();
  await live(page);
  await until('it was told', () => drafts.length === 1);
  await server.kill();
  await server.start();
  await until('it was told again', () => drafts.length === 2, 20000);
  assert.match(await result_of(link), /Your number: 7/);
});

test('another window of the participant\'s, on which nothing was done, takes nothing back', async () => {
  const {page, drafts, link} = await open_writing();
  await until('it was told', () => drafts.length === 1);
  const other = await page.context().newPage();
  await other.addInitScript(no_countdown);
  await other.goto(link);
  await other.goto('about:blank');
  assert.match(await result_of(link), /Your number: 7/);
});

test('many keys are told of once a second, and what is handed in counts more', async () => {
  const {page, drafts} = await open_writing();
  const answered = page.waitForResponse((response) => response.status() === 204);
  await page.evaluate(`for (let i = 0; i < 50; i++) {
    document.querySelector('[name=number]').dispatchEvent(new Event('input', {bubbles: true}));
  }`);
  await answered;
  assert.equal(drafts.length, 1);
  await page.evaluate('document.querySelector("[name=number]").value = 9');
  await page.click('.rialto-next-button');
  await page.waitForURL(/Results/);
  assert.match(await page.textContent('body'), /Your number: 9/);
});
