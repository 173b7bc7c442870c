// {{ chat }} in real windows: beside a live page and on one that is not, across reloads, lost lines and a
// killed server; and what a page's content policy lets through.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {launch, until} from './chromium.mjs';
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

const lines = texts('.otree-chat__msg');
const input = '.otree-chat__input';

async function two_windows() {
  const {links} = await server.create('chatty', 2);
  const windows = await Promise.all(links.map((link) => open_window(browser, link)));
  await Promise.all(windows.map(live));
  return windows;
}

async function say(page, text) {
  await page.fill(input, text);
  await page.press(input, 'Enter');
}

test('a line is in both windows, once, after a reload, too; the live page hears nothing of it', async () => {
  const [one, two] = await two_windows();
  await say(one, 'Hello');
  await two.fill(input, 'Hi <b>there</b>');
  await two.click('.otree-chat__btn-send');
  await one.click('#count');
  const of_one = ['Trader <i>1 (you) Hello', 'Trader <i>2 Hi <b>there</b>'];
  await shows(one, lines, of_one);
  await shows(two, lines, ['Trader <i>1 Hello', 'Trader <i>2 (you) Hi <b>there</b>']);
  await shows(one, texts('#heard'), ['{"total":1}']);
  assert.equal(await one.inputValue(input), '');
  await one.reload();
  await live(one);
  await say(two, 'Still there?');
  await shows(one, lines, [...of_one, 'Trader <i>2 Still there?']);
  await shows(one, texts('#heard'), ['{"total":1}']);
});

test('a line said while the server is away is said once it is back, once, and none is missed', async () => {
  const [one, two] = await two_windows();
  await say(one, 'before');
  await shows(two, lines, ['Trader <i>1 before']);
  await server.kill();
  await say(two, 'meanwhile');
  await server.start();
  await shows(one, lines, ['Trader <i>1 (you) before', 'Trader <i>2 meanwhile']);
  await two.reload();
  await live(two);
  await shows(two, lines, ['Trader <i>1 before', 'Trader <i>2 (you) meanwhile']);
});

test('what was said just before the page is left arrives, and the next page shows it', async () => {
  const [one, two] = await two_windows();
  await one.evaluate(() => {
    document.querySelector('.otree-chat__input').value = 'going on';
    document.querySelector('.otree-chat__btn-send').click();
    document.getElementById('form').submit();
  });
  await shows(one, lines, ['Trader <i>1 (you) going on'.replace('Trader <i>1', 'Participant 1')]);
  await live(one);
  await say(two, 'bye');
  await shows(one, lines, ['Participant 1 (you) going on', 'Trader <i>2 bye']);
  await say(one, 'bye, bye');
  await shows(two, lines, ['Trader <i>1 going on', 'Trader <i>2 (you) bye', 'Participant 1 bye, bye']);
});

test('a line in another name is refused, and only who sent it is told', async () => {
  const [one, two] = await two_windows();
  await one.evaluate(() => {
    const config = JSON.parse(document.querySelector('.rialto-chat script').textContent);
    const line = {...config, nickname: 'Trader 2', body: 'I give up'};
    document.dispatchEvent(new CustomEvent('rialto:say', {detail: {line}}));
  });
  await shows(one, texts('.otree-chat__error'), ['this line does not come from the chat of this page']);
  await say(two, 'Well?');
  await shows(two, lines, ['Trader <i>2 (you) Well?']);
});

test('a page runs its own scripts and loads nothing from outside', async () => {
  const [one] = await two_windows();
  await one.click('.otree-btn-next');
  await until('its scripts have run', () => one.evaluate('window.own_script_ran === true'));
  await until('all is refused', () => one.evaluate(
    '["connect-src", "img-src", "script-src-elem"].every((each) => (window.refused || []).includes(each))'));
});
