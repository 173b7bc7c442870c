// Players' windows for tests: each a browser context of its own (its own cookies and network), or
// several tabs in one.
import {until} from './chromium.mjs';

export async function open_window(browser, link, options = {}) {
  const context = await browser.newContext(options);
  return open_tab(context, link);
}

export async function open_tab(context, link) {
  const page = await context.newPage();
  page.log = [];
  page.on('console', (message) => page.log.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => page.log.push('thrown: ' + error.message));
  await page.goto(link);
  return page;
}

export const live = (page) => until('the line is up', () => page.evaluate(
  'typeof liveSocket !== "undefined" && liveSocket.readyState === 1'));

export const line_state = (page) => page.getAttribute('#rialto-line', 'data-state');

// Waits until what `look` gives for the page is `expected`.
export async function shows(page, look, expected, limit_ms = 10000) {
  let last;
  try {
    await until('', async () => {
      last = JSON.stringify(await look(page).catch((error) => error.message));
      return last === JSON.stringify(expected);
    }, limit_ms);
  } catch (_) {
    throw new Error(`shows ${last}, not ${JSON.stringify(expected)}`);
  }
}

// The cells of a table's body, row by row, joined by spaces.
export const rows = (selector) => (page) => page.$$eval(selector + ' tr', (all) =>
  all.map((row) => [...row.cells].map((cell) => cell.textContent.trim()).join(' ').trim()));

export const texts = (selector) => (page) =>
  page.$$eval(selector, (all) => all.map((element) => element.textContent.trim()));
