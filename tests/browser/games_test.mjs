// Every game that comes with Rialto, played in Chromium by as many windows as it wants.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {launch} from './chromium.mjs';
import {Server} from './server.mjs';
import {live, open_window, rows, shows, texts} from './windows.mjs';

let browser, server;
before(async () => {
  browser = await launch();
  server = await new Server([], process.env.RIALTO_PROGRAM).start();
});
after(async () => {
  await browser.close();
  await server.stop();
});

async function play(app, players) {
  const {links} = await server.create(app, players);
  const windows = await Promise.all(links.map((link) => open_window(browser, link)));
  await Promise.all(windows.map(live));
  return windows;
}

const bids = rows('#history');
const heading = texts('h1');

async function bid(page, amount) {
  await page.fill('#inputbox', String(amount));
  await page.click('#send');
}

test('auction: every bid is seen by all, a bid too low by nobody; a reload brings all back, once', async () => {
  const [one, two, three] = await play('auction', 3);
  await bid(one, 10);
  await shows(two, bids, ['Player 1 $10.00']);
  await bid(two, 10);
  await shows(two, texts('#error'), ['Your bid is too low.']);
  await bid(two, 10.5);
  await bid(two, 20.001);
  await shows(two, texts('#error'), ['expected a number with at most 2 decimals, got 20.001']);
  await bid(three, '');
  await shows(three, texts('#error'), ['Please enter your bid, a number.']);
  await three.fill('#inputbox', '20');
  await three.press('#inputbox', 'Enter');
  await shows(one, bids, ['You $10.00', 'Player 2 $10.50', 'Player 3 $20.00']);
  await shows(two, bids, ['Player 1 $10.00', 'You $10.50', 'Player 3 $20.00']);
  await two.reload();
  await shows(two, bids, ['Player 1 $10.00', 'You $10.50', 'Player 3 $20.00']);
  for (const page of [one, two, three]) {
    assert.deepEqual(page.log.filter((line) => line.startsWith('thrown')), []);
  }
});

test('auction with a load request: a reload asks, and shows each bid once', async () => {
  const [one, two] = await play('auction_load_request', 3);
  await bid(one, 10);
  await bid(one, 11);
  await shows(two, bids, ['Player 1 $10.00', 'Player 1 $11.00']);
  await two.reload();
  await shows(two, bids, ['Player 1 $10.00', 'Player 1 $11.00']);
  await bid(two, 12);
  await shows(two, bids, ['Player 1 $10.00', 'Player 1 $11.00', 'Player 2 $12.00']);
  await shows(one, bids, ['Player 1 $10.00', 'Player 1 $11.00', 'Player 2 $12.00']);
  await one.click('.rialto-next-button');
  await shows(one, heading, ['Results']);
});

test('tic-tac-toe: moves in turn, illegal ones refused, until somebody has won', async () => {
  const [x, o] = await play('tictactoe', 2);
  const board = (page) => page.$$eval('#board td', (cells) => cells.map((c) => c.textContent).join(''));
  const mark = (page, square) => page.click(`[data-square="${square}"]`);
  await shows(o, board, '         ');
  await mark(o, 0);
  await shows(o, texts('#error'), ['It is not your turn.']);
  await mark(x, 4);
  await shows(o, board, '    X    ');
  await mark(o, 4);
  await shows(o, texts('#error'), ['That square is not free.']);
  await o.reload();
  await shows(o, board, '    X    ');
  for (const [page, square, after_it] of [[o, 0, 'O   X    '], [x, 2, 'O X X    '],
                                          [o, 1, 'OOX X    '], [x, 6, 'OOX X X  ']]) {
    await mark(page, square);
    for (const each of [x, o]) await shows(each, board, after_it);
  }
  await shows(x, texts('#turn'), ['You have won!']);
  await shows(o, texts('#turn'), ['You have lost.']);
  await o.click('.rialto-next-button');
  await shows(o, texts('#outcome'), ['X has won. You played O.']);
});

test('offers: an offer reaches the one it is for, who answers', async () => {
  const [one, two, three] = await play('offers', 3);
  const deals = rows('#deals');
  await one.selectOption('#to', '3');
  await one.fill('#value', '99.9');
  await one.click('#offer');
  await shows(three, deals, ['Player 1 You offers 99.9 Accept Reject']);
  await three.click('button:text("Accept")');
  await shows(one, deals, ['You Player 3 offers 99.9', 'Player 3 You accepts']);
  await one.reload();
  await shows(one, deals, ['You Player 3 offers 99.9', 'Player 3 You accepts']);
  await one.evaluate('liveSend({type: "offer", value: 1, to: 7})');
  await shows(one, texts('#error'),
              ['there is no player 7 in this group, which has players 1 to 3']);
  await one.evaluate('liveSend({type: "offer", value: 1, to: 1})');
  await shows(one, texts('#error'), ['You cannot deal with yourself.']);
  assert.deepEqual(await deals(two), []);
});

test('countdown to ten: nobody leaves before, all after the tenth message, the late one when he returns',
     async () => {
  const [one, two] = await play('countdown_to_ten', 2);
  await one.evaluate('document.getElementById("form").submit()');
  await shows(one, texts('.alert-danger'), ['You need to stay until 10 messages are sent.']);
  await live(one);
  for (let i = 1; i <= 9; i++) {
    await (i % 2 ? one : two).click('#send');
    await shows(one, texts('#count'), [String(i)]);
  }
  await two.reload();
  await shows(two, texts('#count'), ['9']);
  const back = two.url();
  await two.goto('about:blank');
  await one.click('#send');
  await shows(one, heading, ['Results']);
  await two.goto(back);
  await shows(two, heading, ['Results']);
});

test('chat: what is said is seen by all, and by who comes later; HTML in it is text', async () => {
  const [one, two] = await play('chat', 3);
  const lines = texts('#lines p');
  await one.fill('#text', '<b>hello</b> 你好');
  await one.press('#text', 'Enter');
  await shows(two, lines, ['Player 1: <b>hello</b> 你好']);
  await two.fill('#text', 'hi');
  await two.click('#send');
  await shows(one, lines, ['You: <b>hello</b> 你好', 'Player 2: hi']);
  await one.fill('#text', '');
  await one.click('#send');
  await shows(one, texts('#error'), ['Please write something.']);
});

test('order book: orders stand, are changed and withdrawn, meet the best; a reload shows the book as it is', async () => {
  const [one, two, three] = await play('order_book', 3);
  const [bids, asks, trades, mine] = ['#bids li', '#asks li', '#trades li', '#mine li'].map(texts);
  const offer = async (page, side, price) => {
    await page.fill('#price', String(price));
    await page.click('#' + side);
  };
  await offer(one, 'bid', 10);
  await offer(one, 'bid', 12);
  await shows(one, bids, ['$12.00 (you)', '$10.00 (you)']);
  await offer(two, 'ask', 20);
  await shows(three, asks, ['$20.00']);
  await offer(three, 'ask', 11);
  await shows(one, trades, ['$12.00']);
  await shows(one, texts('#cash, #shares'), ['$88.00', '4']);
  await shows(three, texts('#cash, #shares'), ['$112.00', '2']);
  await two.fill('#price', '15');
  await two.click('#mine li button:text("Change")');
  await shows(one, asks, ['$15.00']);
  await one.click('#mine li button:text("Withdraw")');
  await shows(two, bids, []);
  await offer(one, 'bid', 200);
  await shows(one, texts('#error'), ['You do not have that much.']);
  await offer(one, 'bid', 9);
  await one.reload();
  await shows(one, mine, ['Bid $9.00 Change price Withdraw']);
  await shows(one, texts('#cash, #shares'), ['$88.00', '4']);
  const folder = process.env.RIALTO_PICTURES;
  for (const [name, width] of folder ? [['desktop', 1280], ['phone', 390]] : []) {
    await one.setViewportSize({width, height: 800});
    await one.screenshot({path: `${folder}/order_book_${name}.png`, fullPage: true});
  }
  for (const page of [one, two, three]) {
    assert.deepEqual(page.log.filter((line) => line.startsWith('thrown')), []);
  }
});

test('quick counter: a hundred clicks, as fast as they come, are all thanked for', async () => {
  const [one] = await play('quick_counter', 1);
  await one.evaluate('for (let i = 0; i < 100; i++) document.getElementById("click").click()');
  await shows(one, texts('#count'), ['100']);
  await one.click('.rialto-next-button');
  await shows(one, texts('#clicks'), ['100']);
});
