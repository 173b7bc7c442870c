// The line between a browser and the server, which a test can cut (connections end, none is made),
// freeze (nothing passes and nobody is told: the half-dead line) and mend.
import net from 'node:net';

export class Cable {
  constructor(port) {
    this.to = port;
    this.state = 'whole';
    this.ends = new Set();
  }

  async lay() {
    this.server = net.createServer((socket) => this.#connect(socket));
    await new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.port = this.server.address().port;
    return this;
  }

  // The same address on this cable.
  through(link) {
    const url = new URL(link);
    url.port = this.port;
    return url.href;
  }

  #connect(socket) {
    if (this.state === 'cut') return socket.destroy();
    const other = net.connect(this.to, '127.0.0.1');
    for (const [from, into] of [[socket, other], [other, socket]]) {
      this.ends.add(from);
      from.setNoDelay(true);
      from.on('data', (bytes) => into.write(bytes));
      from.on('error', () => {});
      from.on('close', () => {
        this.ends.delete(from);
        into.destroy();
      });
    }
    if (this.state === 'frozen') for (const end of [socket, other]) end.pause();
  }

  cut() {
    this.state = 'cut';
    for (const end of this.ends) end.destroy();
  }

  freeze() {
    this.state = 'frozen';
    for (const end of this.ends) end.pause();
  }

  mend() {
    if (this.state === 'frozen') for (const end of this.ends) end.resume();
    this.state = 'whole';
  }

  take_up() {
    this.cut();
    this.server.close();
  }
}
