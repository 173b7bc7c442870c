// The real server for tests in the browser: `rialto serve` in a folder of its own; killed, started again
// on the same data and port; and the command line beside it.
import {execFile, spawn} from 'node:child_process';
import {existsSync, mkdtempSync, openSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import {until} from './chromium.mjs';

const run = promisify(execFile);

export class Server {
  constructor(options = [], program = process.env.RIALTO_TEST_SERVER) {
    this.options = options;
    this.program = program;
    this.folder = mkdtempSync(path.join(tmpdir(), 'rialto-browser-'));
    this.data = path.join(this.folder, 'data');
    this.log = path.join(this.folder, 'log');
    this.port = 0;
  }

  get origin() {
    return `http://127.0.0.1:${this.port}`;
  }

  // Starts it, or starts it again where it was, and waits until it listens.
  async start() {
    const log = openSync(this.log, 'a');
    this.process = spawn(this.program, ['serve', '--data', this.data, '--listen',
                                        `127.0.0.1:${this.port}`, ...this.options],
                         {stdio: ['ignore', 'pipe', log]});
    this.ended = new Promise((resolve) => this.process.once('exit', resolve));
    let said = '';
    this.process.stdout.setEncoding('utf8');
    await new Promise((resolve, reject) => {
      this.process.stdout.on('data', (text) => {
        said += text;
        const found = /listening on http:\/\/[^:/\s]+:(\d+)/.exec(said);
        if (!found) return;
        this.port = Number(found[1]);
        resolve();
      });
      this.ended.then((code) => reject(new Error(`serve ended with ${code}: ${this.text_of_log()}`)));
    });
    this.said = () => said;
    return this;
  }

  text_of_log() {
    return readFileSync(this.log, 'utf8');
  }

  // kill -9; returns when all of it is gone. The worker dies with its supervisor.
  async kill() {
    const {pid} = this.process;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
    this.process.kill('SIGKILL');
    await this.ended;
    await until('the worker is gone', () => children.every((child) => {
      if (!existsSync(`/proc/${child}/stat`)) return true;
      try {
        return readFileSync(`/proc/${child}/stat`, 'utf8').split(') ')[1][0] === 'Z';
      } catch (_) {
        return true;
      }
    }));
  }

  async stop() {
    if (this.process.exitCode === null && this.process.signalCode === null) this.process.kill('SIGTERM');
    const code = await this.ended;
    rmSync(this.folder, {recursive: true, force: true});
    return code;
  }

  async command(...words) {
    const {stdout} = await run(this.program, [...words.map(String), '--data', this.data]);
    return stdout;
  }

  // A new session; its links lead to where this server listens.
  async create(app, participants) {
    const session = JSON.parse(await this.command('session', 'create', app, participants, '--json'));
    const here = (link) => this.origin + new URL(link).pathname;
    return {code: session.code, link: here(session.link),
            links: session.participants.map((participant) => here(participant.link))};
  }
}
