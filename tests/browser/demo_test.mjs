// The first minutes of somebody who tries Rialto: the demo page, three windows, a reload, a cut line, a
// killed server.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {launch, until} from './chromium.mjs';
import {Server} from './server.mjs';
import {line_state, live, open_window, rows, shows} from './windows.mjs';

let browser, server;
before(async () => {
  browser = await launch();
  server = await new Server(['--demo'], process.env.RIALTO_PROGRAM).start();
});
after(async () => {
  await browser.close();
  await server.stop();
});

const bids = rows('#history');

async function bid(page, amount) {
  await page.fill('#inputbox', String(amount));
  await page.click('#send');
}

test('the demo page leads to three windows that bid, through reload and kill -9', async () => {
  const page = await open_window(browser, server.origin + '/');
  assert(await page.isVisible('h2:text-is("Chat")'));
  await page.locator('.game', {has: page.locator('[action$="/demo/auction"]')})
    .or(page.locator('.game[action$="/demo/auction"]')).locator('button').click();
  await page.waitForSelector('.links a');
  const links = await page.$$eval('.links a.link', (all) => all.map((link) => link.href));
  assert.equal(links.length, 3);

  const [opened] = await Promise.all([page.context().waitForEvent('page'),
                                      page.click('text="Player 1"')]);
  const windows = [opened, await open_window(browser, links[1]), await open_window(browser, links[2])];
  await Promise.all(windows.map(live));
  const [one, two, three] = windows;
  await bid(one, 10);
  await bid(two, 20);
  await shows(three, bids, ['Player 1 $10.00', 'Player 2 $20.00']);
  await three.reload();
  await shows(three, bids, ['Player 1 $10.00', 'Player 2 $20.00']);

  await server.kill();
  await bid(three, 30);
  await until('the windows say it', async () => await line_state(one) === 'down');
  await until('who has sent hears that it is kept', async () => await line_state(three) === 'kept');
  await server.start();
  await shows(one, bids, ['You $10.00', 'Player 2 $20.00', 'Player 3 $30.00']);
  await shows(two, bids, ['Player 1 $10.00', 'You $20.00', 'Player 3 $30.00']);
  await shows(three, bids, ['Player 1 $10.00', 'Player 2 $20.00', 'You $30.00']);
});

test('the link for everybody gives each who presses Start the next free player', async () => {
  const page = await open_window(browser, server.origin + '/');
  await page.locator('.game[action$="/demo/offers"] button').click();
  await page.waitForSelector('.links a');
  const link = await page.getAttribute('p > a.link', 'href');
  const players = [];
  for (let i = 0; i < 3; i++) {
    const one = await open_window(browser, new URL(link, server.origin).href);
    await one.click('button');
    await live(one);
    players.push(await one.textContent('#me'));
  }
  assert.deepEqual(players.sort(), ['1', '2', '3']);
  const late = await open_window(browser, new URL(link, server.origin).href);
  await late.click('button');
  assert.match(await late.textContent('h1'), /No free place/);
});
