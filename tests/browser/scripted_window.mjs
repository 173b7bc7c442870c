// For tests of rialto.js: one browser, and for each test a context with a scripted site and a window on
// it. Imported once per test file; the hooks it registers are that file's.
import {after, afterEach, before, beforeEach} from 'node:test';
import {launch, until} from './chromium.mjs';
import {ScriptedSite} from './scripted_site.mjs';

export {ScriptedSite, words} from './scripted_site.mjs';
export {until};

let browser;
export let context, site, page, logs;

// With the back/forward cache that participants' browsers have and tests usually go without.
before(async () => browser = await launch({ignoreDefaultArgs: ['--disable-back-forward-cache']}));
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

export const recorder = '<script>var got = [], infos = []; ' +
  'function liveRecv(data, info) { got.push(data); infos.push(info); }</script>';
export const button = '<button id="next" name="answer" value="yes">Next</button>';

// Opens the site's first page, which holds `fragment`.
export async function open(fragment = recorder, more = {}) {
  site.pages[0] ||= {fragment, ...more};
  page = await context.newPage();
  await page.goto(ScriptedSite.origin + site.page_path());
  return page;
}

// A submit leads to a page that is not live.
export function next_page() {
  site.on_post = () => { site.position = 1; };
}

export const got = (where = page) => where.evaluate('got');
export const ready = (where = page) =>
  until('the socket opens', () => where.evaluate('liveSocket.readyState === 1'));
export const handled = () => site.handled.map((send) => send.data);
export const line_state = (where = page) => where.getAttribute('#rialto-line', 'data-state');

// As `until`, where the page may be loading meanwhile.
export const holds = (name, probe) => until(name, async () => {
  try {
    return await probe();
  } catch (error) {
    if (/context was destroyed|navigat/.test(error.message)) return false;
    throw error;
  }
});
