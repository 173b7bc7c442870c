// Starts Debian's Chromium under playwright-core, which `npm ci` has put into the folder that
// RIALTO_NODE_MODULES names (else beside this file).
import {createRequire} from 'node:module';
import path from 'node:path';

const modules = process.env.RIALTO_NODE_MODULES;
const require_from = createRequire(modules ? path.join(modules, 'x.js') : import.meta.url);
const {chromium} = require_from('playwright-core');

export function launch(options = {}) {
  return chromium.launch({
    executablePath: process.env.RIALTO_CHROMIUM || '/usr/bin/chromium',
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
           '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ...options,
  });
}

// Calls `probe` until it gives something true, and gives that. Never a sleep for luck: it ends as soon
// as the promise is kept, and fails with the promise's name.
export async function until(promise_name, probe, limit_ms = 10000) {
  const end = Date.now() + limit_ms;
  for (;;) {
    const found = await probe();
    if (found) return found;
    if (Date.now() > end) throw new Error(`not within ${limit_ms} ms: ${promise_name}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
