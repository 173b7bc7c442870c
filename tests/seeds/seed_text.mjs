// The seeds: five texts on live pages, read from where they lie when the test runs. What was lost when
// they were taken from the web is restored by the list below; README.md says why each was needed.
import {existsSync, readFileSync, readdirSync} from 'node:fs';
import path from 'node:path';

const root = process.env.RIALTO_SOURCE || new URL('../..', import.meta.url).pathname;
const folder = process.env.RIALTO_SEEDS || path.join(root, '..', 'shared', 'seeds');

export const are_here = existsSync(folder);

// {of: the texts, at: a line that occurs `nth` times up to there, then: what was lost after it, or
// becomes: what the line was}. `at` is found in the text as it is after the entries before.
const send_value = 'liveSend(parseInt(inputbox.value));';
export const patches = [
  {of: [1, 3], at: /submit a bid of 99 on behalf of the user/, then: ['liveSend(99);']},
  {of: [0], at: /99/, then: ['liveSend(99);']},
  {of: [0, 1, 3], at: /^\/\/ your code goes here$/, then: ['}']},
  {of: [0, 1, 3], at: /^<table id="history" class="table">$/,
   then: ['<tr><th>Player</th><th>Bid</th></tr>', '</table>']},
  {of: [0, 1, 3], at: /^<button type="button" .*>Send<\/button>$/, then: ['<script>']},
  {of: [1, 3], at: /\+ \+/, becomes: (line) => line.replace('+ +', '+ data.bid +')},
  {of: [0, 1, 3], at: /^history\.innerHTML \+=/, then: ['}']},
  {of: [0, 1], at: /^function sendValue\(\) \{$/, then: [send_value, '}', '</script>']},
  {of: [3], at: /^sendbutton\.onclick = function \(\) \{$/, then: [send_value, '};', '</script>']},
  {of: [0, 1, 3], at: /^liveSend\('hello world'\);$/,
   becomes: (line) => 'liveSend(99);\n' + line},
  {of: [0, 1, 3], at: /^if \(type === 'game_finished'\) \{$/,
   then: ['document.getElementById("form").submit();', '}']},
  {of: [0, 1, 3], at: /^\/\/ handle other types of messages here/, then: ['}']},
  {of: [0, 1], at: /^document\.addEventListener\("DOMContentLoaded", \(event\) => \{$/,
   then: ['liveSend({});', '});']},
  {of: [0, 1, 3], at: /^\/\/ your code goes here\.\.\.$/, then: ['});']},
];

// Which line of `text` is the nth that matches; an error that says so if there is none.
function place(text, what, nth = 1, from = 0) {
  for (let i = from; i < text.length; i++) if (what.test(text[i].trim()) && --nth === 0) return i;
  throw new Error(`the text has no line ${what}`);
}

export function raw_lines(number) {
  const name = readdirSync(folder).find((file) => file.startsWith(String(number).padStart(3, '0')));
  return readFileSync(path.join(folder, name), 'utf8').split('\n');
}

function read(number) {
  let text = raw_lines(number);
  for (const patch of patches.filter((each) => each.of.includes(number))) {
    const at = place(text, patch.at, patch.nth);
    const put = patch.becomes ? [patch.becomes(text[at])] : [text[at], ...patch.then];
    text = [...text.slice(0, at), ...put, ...text.slice(at + 1)].join('\n').split('\n');
  }
  return text;
}

const texts = new Map();

// The lines of a text from the nth that matches `first` to the next that matches `last`, which comes
// after one that matches `past`. Without `last` one line.
export function excerpt(number, first, {last, past, nth} = {}) {
  if (!texts.has(number)) texts.set(number, read(number));
  const text = texts.get(number);
  const start = place(text, first, nth);
  const turn = past ? place(text, past, 1, start) : start;
  return text.slice(start, (last ? place(text, last, 1, turn) : start) + 1).join('\n');
}

// What a line of prose holds of code.
export function in_prose(number, line, code) {
  return code.exec(excerpt(number, line))[0];
}
