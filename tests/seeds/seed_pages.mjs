// The pages of the seeds' games for one text: the text's HTML and JavaScript as it stands, and around it
// only what the text leaves to the reader (a button that runs a line, a place to show a board).
import {cpSync, mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {excerpt, in_prose} from './seed_text.mjs';

const next = '{{ next_button }}';
const script = (code) => `<script>\n${code}\n</script>`;
const runs = (code, name = 'run') =>
  `<button type="button" id="${name}">${name}</button>` +
  script(`document.getElementById('${name}').addEventListener('click', () => {\n${code}\n});`);

const receive = (text) => excerpt(text, /^function liveRecv\(/, {last: /^\}$/});
const bid_99 = (text) => excerpt(text, /^liveSend\(99\);$/);
const any_data = (text) => excerpt(text, /^liveSend\(99\);$/, {nth: 2, last: /10\.5/});
const deal = (text) => excerpt(text, /^liveSend\(\{'type': 'offer'/, {last: /'response'/});
const auction = (text) => excerpt(text, /^<table id="history"/, {last: /^<\/script>$/});
const load_request = (text) =>
  in_prose(text, /liveSend\(\{('type': 'connect')?\}\)/, /liveSend\(\{[^)]*\}\)/);
const when_finished = (text) => excerpt(text, /^function liveRecv\(/,
                                        {nth: text === 4 ? 2 : 3, past: /handle other/, last: /^\}$/});
const when_ready = (text, code) =>
  excerpt(text, /^window\.addEventListener\('DOMContentLoaded'/, {last: /^\}\);$/})
    .replace('// your code goes here...', '$&\n' + code);

const is_group_style = (text) => text >= 3;

function messages(text) {
  const show = script(receive(text)) + runs(bid_99(text)) + next;
  return {
    [is_group_style(text) ? 'ShowInGroup' : 'Show']: show,
    Thank: script('liveSend("at once");\n' + receive(text) +
                  (text === 4 ? '' : '\n' + when_ready(text, 'liveSend("when loaded");'))) +
      runs(bid_99(text)) + next,
    PassOn: show + '<button type="button" id="leave" onclick="liveSend(\'leaving\'); ' +
      'document.getElementById(\'form\').submit();">leave</button>',
    TellAll: script(receive(text)) + runs(any_data(text)) + next,
  };
}

function auctions(text) {
  const pages = {};
  if (text < 4) pages[is_group_style(text) ? 'GroupAuction' : 'Auction'] = auction(text) + next;
  if (text === 4) {
    pages.MaxBid = script(receive(text) + `
      const log_it = liveRecv;
      liveRecv = function (payload) { log_it(payload); $('#bids').append('<li>' + payload + '</li>'); };`) +
      '<ul id="bids"></ul>' + runs(bid_99(text)) + next;
  }
  if (text === 0 || text === 3) {
    pages.AtMost99 = excerpt(text, /^<input id="whatever"/) + '<p id="said"></p>' +
      runs(excerpt(text, /^let liveform/, {last: /^let isValid/}) +
           "\nif (isValid) liveSend(parseInt(document.getElementById('whatever').value));") +
      runs("liveSend(parseInt(document.getElementById('whatever').value));", 'unchecked') +
      script("function liveRecv(data) { document.getElementById('said').textContent = " +
             "data.message || 'bid ' + data.value; }") + next;
  }
  return pages;
}

function dialogue(text) {
  const [offer, response] = deal(text).split('\n');
  const request = load_request(text);
  const asks = script(receive(text)) + runs(request, 'load') + runs("liveSend('one more');", 'say') + next;
  return {
    [is_group_style(text) ? 'DealInGroup' : 'Deal']:
      script(receive(text)) + runs(offer, 'offer') + runs(response, 'response') + next,
    [request.includes('connect') ? 'Connect' : 'Rows']: asks,
  };
}

function ten(text) {
  const page = script(when_finished(text)) + runs(bid_99(text));
  return text === 4 ? {Ten: next, OldTen: page} : {Ten: page};
}

function tictactoe(text) {
  if (text >= 3) return {};
  return {Play: '<pre id="board"></pre>' +
    runs(excerpt(text, /^liveSend\(\{square: 3\}\);$/), 'three') +
    runs('liveSend({square: 4});', 'four') +
    script("function liveRecv(data) { document.getElementById('board').textContent = data.board; " +
           "console.log('received a message!', data); }\n" +
           excerpt(text, /^document\.addEventListener\("DOMContentLoaded"/, {last: /^\}\);$/}))};
}

const wait = () => ({Wait: script(`
  function liveRecv(data) { if (data.type === 'all_here') document.getElementById('form').submit(); }
  liveSend({});
  setTimeout(() => document.getElementById('form').submit(), 2500);`)});

// Puts the games and their pages into `into`; returns the libraries, for `serve --app`.
export function write_games(text, into) {
  const pages = {seed_messages: messages(text), seed_auctions: auctions(text),
                 seed_dialogue: dialogue(text), seed_ten: ten(text),
                 seed_tictactoe: tictactoe(text), seed_wait: wait()};
  const all = {
    seed_messages: ['Show', 'ShowInGroup', 'Thank', 'PassOn', 'TellAll'],
    seed_auctions: ['Auction', 'GroupAuction', 'MaxBid', 'AtMost99'],
    seed_dialogue: ['Deal', 'DealInGroup', 'Rows', 'Connect', 'Bargain'],
    seed_ten: ['Ten', 'OldTen', 'Results'], seed_tictactoe: ['Play'], seed_wait: ['Wait', 'Play'],
  };
  return Object.entries(all).map(([app, names]) => {
    const game = path.join(into, app);
    mkdirSync(game, {recursive: true});
    for (const name of names) {
      writeFileSync(path.join(game, name + '.html'), `<h2>${name}</h2>` + (pages[app][name] || next));
    }
    cpSync(path.join(process.env.RIALTO_BUILD, 'seed_games', app + '.so'),
           path.join(game, app + '.so'));
    return path.join(game, app + '.so');
  });
}
