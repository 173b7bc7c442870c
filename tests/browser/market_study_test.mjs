// A whole experiment of two apps and eight people in real windows: consent, quiz, groups made as people
// come, ten rounds of a live market; a reload, a phone, a killed server; payoffs that add up.
import assert from 'node:assert/strict';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {launch, until} from './chromium.mjs';
import {Server} from './server.mjs';
import {live, open_window} from './windows.mjs';

let browser, server;
before(async () => {
  browser = await launch();
  const project = path.join(process.env.RIALTO_SOURCE, 'apps');
  server = await new Server(['--project', project], process.env.RIALTO_PROGRAM).start();
});
after(async () => {
  await browser.close();
  await server.stop();
});

const heading = (page) => page.textContent('h1, h2').then((text) => text.trim());
const is_at = (page, title) => until(`${title}`, async () => await heading(page).catch(() => '') === title, 20000);
const next = (page) => page.click('.otree-btn-next');
const picture = async (page, name) => {
  const folder = process.env.RIALTO_PICTURES;
  if (folder) await page.screenshot({path: `${folder}/${name}.png`, fullPage: true});
};

async function questionnaire(page) {
  await page.check('#id_consent');
  await next(page);
  await page.fill('#id_sum', '20');
  await next(page);
  await page.fill('#id_age', '30');
  await page.selectOption('#id_studies', 'Law');
  await page.check('input[name=trust][value="2"]');
  await next(page);
  await is_at(page, 'Thank you');
  await next(page);
}

const seller = (page) => page.evaluate('js_vars.role === "Seller"');
const offers = async (page, price) => {
  await live(page);
  await page.fill('#price', String(price));
  await page.click('#send');
};

// Sellers ask what it costs them, buyers bid what it is worth to them: all of them trade.
// Returns what the trades of the round gain all of them together.
async function play_round(windows, round) {
  let gains = 0;
  for (const page of windows) {
    await is_at(page, `Round ${round}: the market is open`);
    gains += await page.evaluate('js_vars.role === "Seller" ? -js_vars.unit : js_vars.unit');
  }
  for (const is_seller of [true, false]) {
    await Promise.all(windows.map(async (page) => {
      if (await seller(page) !== is_seller) return;
      await offers(page, await page.evaluate('js_vars.unit'));
      if (is_seller) await page.waitForSelector('#asks li');
    }));
  }
  await Promise.all(windows.map((page) => is_at(page, `Round ${round} is over`)));
  return gains;
}

const earned = async (page) => {
  const [, money] = /So far you have earned \$?(\d+(?:\.\d+)?)/.exec(await page.textContent('.rialto-content'));
  return Number(money);
};

test('eight people, two apps, ten rounds; the server is killed twice; all earn what they have traded', async () => {
  const session = await server.create('market_free', 8);
  const windows = [];
  for (const link of session.links) windows.push(await open_window(browser, link));
  await windows[5].setViewportSize({width: 390, height: 800});
  for (const page of windows.slice(0, 3)) await questionnaire(page);
  await is_at(windows[2], 'Please wait');
  await picture(windows[2], 'market_meet');
  await server.kill();  // three have gone on to the next app, and wait
  await server.start();
  for (const page of windows.slice(3)) await questionnaire(page);
  let gains = 0;
  for (let round = 1; round <= 10; ++round) {
    if (round === 3) {
      await offers(windows[0], await windows[0].evaluate('js_vars.unit + (js_vars.role === "Seller" ? 1 : -1)'));
      await windows[0].waitForSelector('#asks li, #bids li');
      await picture(windows[0], 'market_trade');
      await picture(windows[5], 'market_trade_phone');
      await server.kill();
      await server.start();
      await windows[1].reload();
      await windows[1].waitForSelector('#asks li, #bids li');
    }
    gains += await play_round(windows, round);
    if (round === 1) await picture(windows[0], 'market_results');
    if (round === 10) {
      const sums = await Promise.all(windows.map(earned));
      assert.equal(sums.reduce((all, one) => all + one, 0), gains);
    }
    await Promise.all(windows.map(next));
  }
  for (const page of windows) await until('the end', async () => !await page.$('#price') && !await page.$('.otree-btn-next'));
  await picture(windows[0], 'market_end');
});
