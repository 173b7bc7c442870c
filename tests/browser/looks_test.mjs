// What every page promises to the eye and to who cannot see it: each game's pages, on a desk and on a
// phone. With RIALTO_PICTURES=FOLDER it leaves a picture of each.
import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {after, before, test} from 'node:test';
import {promisify} from 'node:util';
import {launch} from './chromium.mjs';
import {Server} from './server.mjs';
import {open_window} from './windows.mjs';

const run = promisify(execFile);
const longest = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
const sizes = {desk: {width: 1280, height: 800}, phone: {width: 390, height: 800}};

let browser, server, apps;
before(async () => {
  browser = await launch();
  server = await new Server(['--demo'], process.env.RIALTO_PROGRAM).start();
  const {stdout} = await run(process.env.RIALTO_PROGRAM, ['apps', '--json']);
  const told = JSON.parse(stdout);
  apps = (told.apps || told).map((app) => app.name);
});
after(async () => {
  await browser.close();
  await server.stop();
});

const picture = async (page, name) => {
  const folder = process.env.RIALTO_PICTURES;
  if (folder) await page.screenshot({path: `${folder}/${name}.png`, fullPage: true});
};

const wider_than_window = (page) => page.evaluate(
  'document.documentElement.scrollWidth > document.documentElement.clientWidth');

// A link for each player of a demo session.
async function demo(app) {
  const page = await open_window(browser, server.origin + '/');
  await page.locator(`.game[action$="/demo/${app}"] button`).click();
  await page.waitForSelector('.links a');
  const links = await page.$$eval('.links a.link', (all) => all.map((link) => link.href));
  await page.context().close();
  return links;
}

test('each page has one first-level heading, a title of its own, a language, and fits a phone', async () => {
  assert(apps.length > 12, apps);
  for (const app of apps) {
    const links = await demo(app);
    for (const [name, viewport] of Object.entries(sizes)) {
      const page = await open_window(browser, links[name === 'desk' ? 0 : links.length - 1], {viewport});
      await page.waitForLoadState('networkidle').catch(() => {});
      await picture(page, `${app}_${name}`);
      assert.equal(await page.locator('h1').count(), 1, `${app}: first-level headings`);
      const heading = (await page.locator('h1, h2, h3').first().textContent()).trim();
      assert.equal(await page.title(), heading, `${app}: title`);
      assert.equal(await page.getAttribute('html', 'lang'), 'en');
      assert.equal(await wider_than_window(page), false, `${app} on a ${name}: wider than its window`);
      assert.deepEqual(page.log.filter((line) => line.startsWith('thrown')), [], app);
      await page.context().close();
    }
  }
});

test('a long word does not widen the page of a phone', async () => {
  const [link] = await demo('chat');
  const page = await open_window(browser, link, {viewport: sizes.phone});
  await page.fill('#text', longest);
  await page.press('#text', 'Enter');
  await page.waitForSelector('#lines p');
  assert.equal(await wider_than_window(page), false);
  await page.evaluate((word) => {
    document.querySelector('h1').textContent = word;
    document.querySelector('.rialto-next-button').textContent = word;
  }, longest);
  assert.equal(await wider_than_window(page), false);
  await picture(page, 'long_word_phone');
});

test('what stands behind the button does not touch it', async () => {
  const [link] = await demo('chat');
  const page = await open_window(browser, link, {viewport: sizes.phone});
  const gaps = await page.evaluate(() => {
    const button = document.querySelector('.rialto-next-button');
    return ['h2', 'p', 'table'].map((name) => {
      const behind = document.createElement(name);
      behind.textContent = 'behind';
      button.after(behind);
      const gap = behind.getBoundingClientRect().top - button.getBoundingClientRect().bottom;
      behind.remove();
      return gap;
    });
  });
  assert(gaps.every((gap) => gap >= 12), gaps);
});

test('a page is as wide as what it shows needs', async () => {
  const [link] = await demo('chat');
  const page = await open_window(browser, link, {viewport: {width: 1600, height: 800}});
  const width = () => page.locator('.otree-body').evaluate((sheet) => sheet.offsetWidth);
  assert(await width() <= 970, await width());
  await page.evaluate(() => {
    document.getElementById('lines').innerHTML = '<div style="width: 1300px">wide</div>';
  });
  assert(await width() > 1300, await width());
  await page.addStyleTag({content: '.otree-body { max-width: 500px } #lines { display: none }'});
  assert.equal(await width(), 500);
});

// Relative luminance and contrast (WCAG 2.2).
const luminance = (rgb) => {
  const [r, g, b] = rgb.match(/[\d.]+/g).slice(0, 3).map((x) => x / 255)
    .map((x) => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (one, other) => {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};

test('where the keyboard is can be seen: a ring of 3:1', async () => {
  const [link] = await demo('auction');
  const page = await open_window(browser, link);
  for (const selector of ['#inputbox', '#send']) {
    await page.focus('body');
    await page.focus(selector);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    const ring = await page.$eval(selector, (element) => {
      const {outlineStyle, outlineWidth, outlineColor} = getComputedStyle(element);
      return {outlineStyle, outlineWidth, outlineColor, active: document.activeElement === element};
    });
    assert(ring.active, selector);
    assert.equal(ring.outlineStyle, 'solid', selector);
    assert(parseFloat(ring.outlineWidth) >= 2, selector);
    for (const ground of ['rgb(255, 255, 255)', 'rgb(243, 245, 247)']) {
      assert(contrast(ring.outlineColor, ground) >= 3, `${selector} on ${ground}`);
    }
  }
});

test('Bootstrap 5 and oTree\'s names do what a page of oTree\'s expects', async () => {
  const [link] = await demo('chat');
  const page = await open_window(browser, link, {viewport: sizes.desk});
  const style = await page.evaluate(() => {
    const content = document.querySelector('.otree-body .otree-content');
    content.insertAdjacentHTML('beforeend', '<div class="bg-light m-3" id="light"></div>' +
      '<div class="row"><div class="col-4" id="third">a</div><div class="col-8">b</div></div>');
    const of = (id) => getComputedStyle(document.getElementById(id));
    const row = document.querySelector('.row').offsetWidth;
    return {light: of('light').backgroundColor, margin: of('light').marginTop,
            third: Math.round(12 * document.getElementById('third').offsetWidth / row),
            modal: typeof bootstrap.Modal, jquery: typeof $};
  });
  assert.deepEqual(style, {light: 'rgb(248, 249, 250)', margin: '16px', third: 4, modal: 'function', jquery: 'function'});
});

test('the demo\'s session page shows all players side by side', async () => {
  const page = await open_window(browser, server.origin + '/');
  await page.locator('.game[action$="/demo/auction"] button').click();
  await page.click('summary');
  await page.waitForFunction(() => [...document.querySelectorAll('iframe')].every((frame) =>
    frame.contentDocument && frame.contentDocument.getElementById('inputbox')));
  assert.equal(await page.locator('iframe').count(), 3);
  const [, second] = page.frames().slice(1);
  await second.fill('#inputbox', '7');
  await second.press('#inputbox', 'Enter');
  for (const frame of page.frames().slice(1)) await frame.waitForSelector('#history td:text-is("$7.00")');
  await picture(page, 'side_by_side');
});

test('the market: an empty price is told before it is sent, 29.999 is not 30, Enter offers, own offers are marked',
     async () => {
  const {links} = await server.create('market', 4);
  const windows = await Promise.all(links.map((link) => open_window(browser, link)));
  await Promise.all(windows.map((page) => page.waitForSelector('#price', {timeout: 20000})));
  const [seller] = (await Promise.all(windows.map(async (page) =>
    await page.evaluate('js_vars.role === "Seller"') ? page : null))).filter(Boolean);
  const buyers = windows.filter((page) => page !== seller);
  await seller.evaluate('window.sent = []; const send = liveSend; liveSend = (x) => { sent.push(x); send(x); }');
  await seller.click('#send');
  assert.equal(await seller.textContent('#error'), 'Please enter a price, a number.');
  assert.deepEqual(await seller.evaluate('sent'), []);
  await seller.fill('#price', '49.999');
  await seller.press('#price', 'Enter');
  await seller.waitForFunction(() => /49\.999/.test(document.getElementById('error').textContent));
  assert.equal(await seller.locator('#asks li').count(), 0);
  await seller.fill('#price', '90.5');
  await seller.press('#price', 'Enter');
  await seller.waitForSelector('#asks li:text-is("$90.50 (you)")');
  await buyers[0].waitForSelector('#asks li:text-is("$90.50")');
  await picture(seller, 'market_trade_desk');
});
