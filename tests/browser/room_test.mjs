// Rooms in real windows: who waits there gets to the session's first page by himself, at a desk and on a
// phone, with a label or without, also when the server was away in between.
import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {launch, until} from './chromium.mjs';
import {Server} from './server.mjs';
import {live, open_tab, open_window} from './windows.mjs';

const phone = {viewport: {width: 360, height: 740}, isMobile: true, hasTouch: true};
const modules = createRequire(path.join(process.env.RIALTO_NODE_MODULES, 'x.js'));
const axe = readFileSync(modules.resolve('axe-core/axe.min.js'), 'utf8');
let browser, project, server;
before(async () => {
  project = mkdtempSync(path.join(tmpdir(), 'rialto-rooms-'));
  writeFileSync(path.join(project, 'labels.txt'), 'PC_01\nPC_02\nPC_03\n');
  writeFileSync(path.join(project, 'rialto.toml'), `
[[rooms]]
name = "hall"
display_name = "The hall"

[[rooms]]
name = "lab"
display_name = "The laboratory"
participant_label_file = "labels.txt"
`);
  browser = await launch();
  server = await new Server(['--project', project], process.env.RIALTO_PROGRAM).start();
});
after(async () => {
  await browser.close();
  await server.stop();
  rmSync(project, {recursive: true, force: true});
});

const heading = (page) => page.textContent('h1, h2').then((text) => text.trim());
const is_at = (page, title) =>
  until(title, async () => await heading(page).catch(() => '') === title);
const picture = async (page, name) => {
  const folder = process.env.RIALTO_PICTURES;
  if (folder) await page.screenshot({path: `${folder}/${name}.png`, fullPage: true});
};
const fits = (page) => page.evaluate('document.documentElement.scrollWidth <= innerWidth');
const is_accessible = async (page) => {
  await page.evaluate(axe);
  const {violations} = await page.evaluate('axe.run()');
  const bad = violations.filter(({impact}) => impact === 'serious' || impact === 'critical');
  assert.deepEqual(bad.map(({id}) => id), []);
};
const room = async (name) => JSON.parse(await server.command('room', 'show', name, '--json'));
const present = (name, count) =>
  until(`${count} wait`, async () => (await room(name)).present === count);
const first_page = 'Round 1: your contribution';

async function with_session(name, play) {
  await server.command('session', 'create', 'public_goods', 3, '--room', name);
  await play();
  await server.command('room', 'close', name);
}

test('who waits in a room gets to the first page without touching anything', async () => {
  const link = server.origin + '/room/hall';
  const desk = await open_window(browser, link);
  const mobile = await open_window(browser, link, {...phone, locale: 'de-DE'});
  const second = await open_tab(desk.context(), link);
  await is_at(desk, 'Please wait');
  await is_at(mobile, 'Please wait');
  await picture(desk, 'room_wait');
  await picture(mobile, 'room_wait_phone');
  assert.ok(await fits(mobile));
  await is_accessible(mobile);
  await present('hall', 2);  // two windows of one browser are one visitor
  await with_session('hall', async () => {
    const began = Date.now();
    for (const page of [desk, mobile, second]) await is_at(page, first_page);
    assert.ok(Date.now() - began < 3000);
    const who = (page) => new URL(page.url()).pathname.split('/')[2];
    assert.equal(who(desk), who(second));
    assert.notEqual(who(desk), who(mobile));
    await desk.goto(link);
    await is_at(desk, first_page);
    assert.equal(who(desk), who(second));
    await picture(mobile, 'room_first_page_phone');
  });
  for (const page of [desk, mobile]) {
    assert.deepEqual(page.log.filter((line) => /thrown|Content Security/.test(line)), []);
  }
});

test('a room with labels asks for one, says if it is wrong, and waits under it', async () => {
  const page = await open_window(browser, server.origin + '/room/lab', phone);
  await is_at(page, 'Welcome');
  await picture(page, 'room_label_phone');
  assert.ok(await fits(page));
  await page.fill('#participant_label', 'PC_99');
  await page.click('button');
  await until('the refusal', () => page.isVisible('[role=alert]'));
  await picture(page, 'room_label_refused_phone');
  await is_accessible(page);
  await page.setViewportSize({width: 1200, height: 800});
  await picture(page, 'room_label_refused');
  await page.fill('#participant_label', 'PC_02');
  await page.press('#participant_label', 'Enter');
  await is_at(page, 'Please wait');
  await until('PC_02 waits', async () => (await room('lab')).labels[1].present);
  await with_session('lab', () => is_at(page, first_page));
});

test('who waits while the server is killed and started again goes on, too', async () => {
  const page = await open_window(browser, server.origin + '/room/lab?participant_label=PC_03');
  await is_at(page, 'Please wait');
  await server.kill();
  await server.start();
  await with_session('lab', async () => {
    await is_at(page, first_page);
    const before = page.url();
    await server.kill();
    await server.start();
    await page.goto(server.origin + '/room/lab?participant_label=PC_03');
    await is_at(page, first_page);
    assert.equal(page.url(), before);
    await live(page);
  });
});

test('a browser without scripts waits, too, and has a button to go in', async () => {
  const page = await open_window(browser, server.origin + '/room/hall', {javaScriptEnabled: false});
  await is_at(page, 'Please wait');
  await with_session('hall', async () => {
    await until('the button', () => page.isVisible('#rialto-room button'), 15000);
    await picture(page, 'room_button');
    await page.click('#rialto-room button');
    await is_at(page, first_page);
  });
});

test('the button of the session-wide link, clicked twice or in two windows at once, takes one seat', async () => {
  const {code, link} = JSON.parse(await server.command('session', 'create', 'public_goods', 6, '--json'));
  const taken = async () => JSON.parse(await server.command('session', 'show', code, '--json'))
    .participants.filter(({claimed}) => claimed).length;
  const twice = await open_window(browser, link);
  await twice.evaluate(`{
    const button = document.querySelector('button');
    button.click();
    button.click();
  }`);
  await is_at(twice, first_page);
  const fast = await open_window(browser, link);
  await fast.dblclick('button', {noWaitAfter: true});
  await is_at(fast, first_page);
  const one = await open_window(browser, link);
  const other = await open_tab(one.context(), link);
  await Promise.all([one, other].map((page) => page.click('button', {noWaitAfter: true})));
  await is_at(one, first_page);
  await is_at(other, first_page);
  assert.equal(await taken(), 3);
  for (const page of [twice, fast, one]) await page.context().close();
});
