// What scripts of pages that come from oTree lean on, beside the live messages.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {launch, until} from './chromium.mjs';
import {Server} from './server.mjs';
import {open_window} from './windows.mjs';

let browser, server, page;
before(async () => {
  browser = await launch();
  server = await new Server([], process.env.RIALTO_PROGRAM).start();
  const {links} = await server.create('public_goods', 3);
  page = await open_window(browser, links[0]);
});
after(async () => {
  await browser.close();
  await server.stop();
});

test('a page may show a countdown of its own, which hears each second', async () => {
  await page.evaluate(() => {
    window.heard = [];
    $('.otree-timer__time-left').on('update.countdown', (event) => heard.push(event.offset.totalSeconds));
  });
  const heard = await until('two seconds', () => page.evaluate(() => heard.length >= 2 && heard));
  assert(heard[0] > 60 && heard[0] <= 90, heard);
  assert.equal(heard[1], heard[0] - 1);
});

test('a library may make functions of the templates in a page', async () => {
  assert.equal(await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.made = new Function("return 7")();';
    document.body.append(script);
    return window.made;
  }), 7);
});
