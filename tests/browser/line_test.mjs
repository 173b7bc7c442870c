// What happens to windows when the line, the server or the participant misbehave: on the real server.
import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, test} from 'node:test';
import {Cable} from './cable.mjs';
import {launch, until} from './chromium.mjs';
import {Server} from './server.mjs';
import {line_state, live, open_tab, open_window, rows, shows, texts} from './windows.mjs';

let browser, server, cable;
before(async () => {
  browser = await launch();
  server = await new Server([], process.env.RIALTO_PROGRAM).start();
});
after(async () => {
  await browser.close();
  await server.stop();
});
beforeEach(async () => cable = await new Cable(server.port).lay());
afterEach(async () => {
  cable.take_up();
  for (const context of browser.contexts()) await context.close();
});

const plain = (text) => text.replace(/\$(\d+)\.00/g, '$1');
const bids = async (page) => (await rows('#history')(page)).map(plain);

async function bid(page, amount) {
  await page.fill('#inputbox', String(amount));
  await page.click('#send');
}

// Windows of a new session; the first hangs on the cable, the others on the server.
async function windows_of(app, players) {
  const {links} = await server.create(app, players);
  links[0] = cable.through(links[0]);
  const windows = await Promise.all(links.map((link) => open_window(browser, link)));
  await Promise.all(windows.map(live));
  windows.links = links;
  return windows;
}

test('a bid made while the line is cut goes through once it is back, once, and nothing is missed', async () => {
  const [one, two, three] = await windows_of('auction', 3);
  await bid(one, 10);
  cable.cut();
  await bid(one, 30);
  await until('it is said', async () => await line_state(one) === 'kept');
  await bid(two, 20);
  await shows(three, bids, ['Player 1 10', 'Player 2 20']);
  cable.mend();
  await shows(one, bids, ['You 10', 'Player 2 20', 'You 30']);
  await shows(three, bids, ['Player 1 10', 'Player 2 20', 'Player 1 30']);
  await until('it is said', async () => await line_state(one) === 'back');
  await until('it goes', async () => await line_state(one) === 'up');
});

test('the browser goes offline and back: the bid goes through, once', async () => {
  const [one, two] = await windows_of('auction', 3);
  await one.context().setOffline(true);
  await bid(one, 10);
  await bid(two, 5);
  await shows(two, (page) => page.$$eval('#history tr', (all) => all.length > 0), true);
  await one.context().setOffline(false);
  await until('the line is up', async () => await one.evaluate('liveSocket.readyState === 1'));
  await shows(two, async (page) => (await bids(page)).filter((row) => row === 'Player 1 10').length, 1);
  await shows(one, async (page) => (await bids(page)).filter((row) => row === 'You 10').length, 1);
});

test('a half-dead line is found out when the window is looked at again', async () => {
  const [one, two] = await windows_of('auction', 3);
  cable.freeze();
  await bid(two, 10);
  await bid(one, 20);
  await one.evaluate('document.dispatchEvent(new Event("visibilitychange"))');
  await until('it is taken for dead', () => one.evaluate('liveSocket.readyState === 0'));
  cable.cut();
  cable.mend();
  await shows(one, bids, ['Player 2 10', 'You 20']);
  await shows(two, bids, ['You 10', 'Player 1 20']);
});

test('a half-dead line is found out by a send that stays without answer', async () => {
  const [one] = await windows_of('auction', 3);
  cable.freeze();
  await bid(one, 20);
  await until('it is taken for dead', () => one.evaluate('liveSocket.readyState === 0'), 15000);
  cable.cut();
  cable.mend();
  await shows(one, bids, ['You 20']);
});

test('kill -9 and a new start: windows reconnect; every order is the same, none missing, none double',
     async () => {
  const windows = await windows_of('auction', 3);
  const own = windows.map(() => []);
  let amount = 0;
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < 10; i++) {
      const who = i % 3;
      await windows[who].evaluate(`liveSend(${++amount})`);
      own[who].push(amount);
      if (i === 4) await server.kill();
      if (i === 7) await server.start();
    }
  }
  const heard = async (page) =>
    (await page.$$eval('#history tr', (all) => all.map((row) => row.cells[1].textContent))).map(plain);
  await shows(windows[0], async (page) => (await heard(page)).at(-1), String(amount), 20000);
  const expected = await heard(windows[0]);
  for (const page of windows) await shows(page, heard, expected, 20000);
  assert.equal(new Set(expected).size, expected.length);
  await windows[1].reload();
  await shows(windows[1], heard, expected);
  // A bid can have been refused as too low (another came first), never lost without a word.
  const refused = windows.flatMap((page) => page.log.filter((line) => /rialto: bad_message/.test(line)));
  assert.equal(expected.length + refused.length, amount);
});

test('two tabs of one participant: both hear all, each sends for itself, nothing is double', async () => {
  const [one, two] = await windows_of('chat', 2);
  const other = await open_tab(one.context(), one.url());
  await live(other);
  const lines = texts('#lines p');
  for (const [page, text] of [[one, 'a'], [other, 'b'], [one, 'c'], [two, 'd'], [other, 'e']]) {
    await page.evaluate(`liveSend('${text}')`);
    await shows(two, async (p) => (await lines(p)).at(-1).slice(-1), text);
  }
  for (const page of [one, other]) {
    await shows(page, lines, ['You: a', 'You: b', 'You: c', 'Player 2: d', 'You: e']);
  }
});

test('a duplicated tab with unanswered sends: each is said once', async () => {
  const [one, two] = await windows_of('chat', 2);
  const lines = texts('#lines p');
  cable.freeze();
  await one.evaluate('liveSend("while frozen")');
  // The copy takes the storage along, the unanswered send in it.
  assert.match(await one.evaluate('JSON.stringify(sessionStorage)'), /while frozen/);
  cable.mend();
  const [copy] = await Promise.all([one.context().waitForEvent('page'),
                                    one.evaluate('void window.open(location.href)')]);
  await live(copy);
  await copy.evaluate('liveSend("from the copy")');
  await one.evaluate('liveSend("from the first")');
  await shows(two, async (page) => (await lines(page)).sort(),
              ['Player 1: from the copy', 'Player 1: from the first', 'Player 1: while frozen']);
  for (const page of [one, copy]) await shows(page, async (p) => (await lines(p)).length, 3);
});

const last_word = 'liveSend(42); document.getElementById("form").submit();';

test('liveSend(x); form.submit() on one line: done in this order, the next page not being live', async () => {
  const [one, two] = await windows_of('auction_load_request', 3);
  await one.evaluate(last_word);
  await shows(one, texts('h1'), ['Results']);
  await shows(two, bids, ['Player 1 42']);
});

test('the same while the line is down: it waits, says so, and is done once', async () => {
  const [one, two] = await windows_of('auction_load_request', 3);
  cable.cut();
  await until('the browser has noticed', () => one.evaluate(
    'document.documentElement.dataset.line === "down"'));
  await one.evaluate(last_word);
  await one.click('.rialto-next-button');
  await until('it is said', async () => await line_state(one) === 'waiting');
  cable.mend();
  await shows(one, texts('h1'), ['Results']);
  await shows(two, bids, ['Player 1 42']);
});

test('the same on a half-dead line', async () => {
  const [one, two] = await windows_of('auction_load_request', 3);
  cable.freeze();
  await one.evaluate('window.dispatchEvent(new Event("offline")); ' + last_word);
  await until('it is said', async () => await line_state(one) === 'waiting');
  cable.cut();
  cable.mend();
  await shows(one, texts('h1'), ['Results']);
  await shows(two, bids, ['Player 1 42']);
});

test('leaving a page by its link with sends unanswered: the next load sends them', async () => {
  const [one, two] = await windows_of('auction', 3);
  cable.freeze();
  await one.evaluate('liveSend(77)');
  cable.cut();
  cable.mend();
  await one.goto(one.url());
  await shows(two, bids, ['Player 1 77']);
  await shows(one, bids, ['You 77']);
});

test('going back to a live page shows it as it is now', async () => {
  const [one, two] = await windows_of('auction', 3);
  await bid(one, 10);
  await shows(one, bids, ['You 10']);
  await one.goto(cable.through(`http://127.0.0.1:${server.port}/health`));
  await bid(two, 20);
  await shows(two, bids, ['Player 1 10', 'You 20']);
  await one.goBack();
  await shows(one, bids, ['You 10', 'Player 2 20']);
});

test('a participant link leads on any device to the page as it is; without it nobody gets in', async () => {
  const windows = await windows_of('auction', 3);
  await bid(windows[0], 10);
  const phone = await open_window(browser, windows.links[0], {viewport: {width: 375, height: 720}});
  await shows(phone, bids, ['You 10']);
  const stranger = await open_window(browser, windows[0].url());
  assert.match(await stranger.textContent('h1'), /personal link/);
});

test('words are in the language of the experiment, not of the browser', async () => {
  const {links} = await server.create('auction_load_request', 3);
  const page = await open_window(browser, links[0], {locale: 'ja-JP'});
  assert.equal(await page.textContent('.rialto-next-button'), 'Next');
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
});
