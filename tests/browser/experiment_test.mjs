// Whole experiments in real windows: forms, wait pages, rounds, times that run out; reload, back button,
// a second submit, a killed server.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {launch, until} from './chromium.mjs';
import {Server} from './server.mjs';
import {live, open_window} from './windows.mjs';

let browser, server;
before(async () => {
  browser = await launch();
  server = await new Server([], process.env.RIALTO_PROGRAM).start();
});
after(async () => {
  await browser.close();
  await server.stop();
});

const heading = (page) => page.textContent('h1, h2').then((text) => text.trim());
const is_at = (page, title) => until(title, async () => await heading(page).catch(() => '') === title);
const next = (page) => page.click('.otree-btn-next');
const picture = async (page, name) => {
  const folder = process.env.RIALTO_PICTURES;
  if (folder) await page.screenshot({path: `${folder}/${name}.png`, fullPage: true});
};

async function seats(app, participants) {
  const {links} = await server.create(app, participants);
  return Promise.all(links.map((link) => open_window(browser, link)));
}

async function give(page, amount) {
  await page.fill('#id_contribution', String(amount));
  await next(page);
}

test('public goods: who waits moves on by himself, earns what the rules say, round after round', async () => {
  const [one, two, three] = await seats('public_goods', 3);
  await is_at(one, 'Round 1: your contribution');
  await picture(one, 'contribute');
  await give(one, 30);
  await until('the form says why', () => one.isVisible('.form-control-errors'));
  assert.equal(await one.inputValue('#id_contribution'), '30');
  await picture(one, 'contribute_refused');
  await give(one, 20);
  await is_at(one, 'Please wait');
  await picture(one, 'wait');
  await give(two, 10);
  await one.reload();
  await is_at(one, 'Please wait');
  await give(three, 0);
  for (const page of [one, two, three]) await is_at(page, 'Round 1: results');
  assert.match(await one.textContent('.rialto-content'), /You earn \$16\.00 in this round/);
  await picture(one, 'results');
  for (const page of [one, two, three]) await next(page);
  await is_at(one, 'Round 2: your contribution');
  assert.match(await one.textContent('table'), /1\s*\$20\.00\s*\$16\.00/);
});

test('public goods: the server is killed while one waits, and the round ends all the same, once', async () => {
  const [one, two, three] = await seats('public_goods', 3);
  await give(one, 20);
  await give(two, 20);
  await is_at(two, 'Please wait');
  await server.kill();
  await server.start();
  await three.reload();
  await give(three, 20);
  for (const page of [one, two, three]) await is_at(page, 'Round 1: results');
  assert.match(await two.textContent('.rialto-content'), /You earn \$32\.00 in this round, and \$32\.00 so far/);
});

test('ultimatum: the back button and a second submit of a page lead to the current page', async () => {
  const [proposer, responder] = await seats('ultimatum', 2);
  await is_at(responder, 'Please wait');
  await live(responder);
  await proposer.fill('#id_offer', '40');
  await next(proposer);
  await is_at(responder, 'You are the responder');
  await is_at(proposer, 'Please wait');
  await proposer.goBack();
  await is_at(proposer, 'Please wait');
  await responder.check('input[name=accepted][value=True]');
  await next(responder);
  for (const page of [proposer, responder]) await is_at(page, 'Results');
  assert.match(await proposer.textContent('.rialto-content'), /You get \$60\.00/);
});

test('survey: what was written stays when something is wrong', async () => {
  const [page] = await seats('survey', 1);
  await page.check('#id_consent');
  await next(page);
  await page.fill('#id_sum', '10');
  await next(page);
  await until('it says why', () => page.isVisible('text=That is not right'));
  assert.equal(await page.inputValue('#id_sum'), '10');
  await page.fill('#id_sum', '20');
  await next(page);
  await is_at(page, 'About you');
  await picture(page, 'survey');
  await page.setViewportSize({width: 390, height: 800});
  await picture(page, 'survey_phone');
  await page.fill('#id_age', '30');
  await page.selectOption('#id_studies', 'Law');
  await page.check('input[name=trust][value="2"]');
  await next(page);
  await is_at(page, 'Thank you');
});
