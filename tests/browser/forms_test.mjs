// A page with every widget of a form, as form_page prints it: good for those who cannot see or cannot
// point, on a desk and on a phone; and what the slider promises.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {launch} from './chromium.mjs';

const modules = createRequire(path.join(process.env.RIALTO_NODE_MODULES, 'x.js'));
const axe = readFileSync(modules.resolve('axe-core/axe.min.js'), 'utf8');
const wrong = ['age=5', 'share=abc', 'comment=a<b', 'level=2', 'mood=4'];

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

async function form(width, language, fields = []) {
  const html = execFileSync(path.join(process.env.RIALTO_BUILD, 'form_page'), [language, ...fields], {encoding: 'utf8'});
  const page = await browser.newPage({viewport: {width, height: 800}});
  await page.setContent(html);
  return page;
}

for (const [name, width] of [['a desk', 1000], ['a phone', 360]]) {
  for (const [state, language, fields] of [['new', 'en', []], ['refused', 'de', wrong]]) {
    test(`a ${state} form on ${name}: axe finds nothing serious, nothing sticks out`, async () => {
      const page = await form(width, language, fields);
      await page.evaluate(axe);
      const {violations} = await page.evaluate(() => globalThis.axe.run());
      const bad = violations.filter(({impact}) => impact === 'serious' || impact === 'critical');
      assert.deepEqual(bad.map(({id, nodes}) => [id, nodes.map(({html}) => html)]), []);
      assert(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
      await page.close();
    });
  }
}

test('a slider is no answer until it is moved or clicked, and shows its value', async () => {
  const page = await form(1000, 'en');
  const answer = page.locator('#id_mood');
  const slider = page.locator('[type=range]');
  assert.equal(await answer.inputValue(), '');
  assert.equal(await answer.evaluate((input) => input.checkValidity()), false);
  await slider.click();  // in its middle, where it stands
  assert.equal(await answer.inputValue(), '5');
  await slider.press('ArrowRight');
  assert.equal(await answer.inputValue(), '6');
  assert.equal(await answer.evaluate((input) => input.checkValidity()), true);
  await answer.fill('2');
  assert.equal(await slider.inputValue(), '2');
  await page.close();
});

test('what was written is there again after a refusal, and each error is tied to its input', async () => {
  const page = await form(1000, 'de', wrong);
  assert.equal(await page.inputValue('#id_age'), '5');
  assert.equal(await page.inputValue('#id_comment'), 'a<b');
  assert(await page.isChecked('#id_level-1'));
  const described = await page.getAttribute('#id_age', 'aria-describedby');
  assert.equal((await page.innerText('#' + described)).trim(), 'Bitte geben Sie eine Zahl von 18 bis 99 ein.');
  await page.close();
});
