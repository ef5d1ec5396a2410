// `npm run bench -- streams`: what a thousand listeners to events cost one process, how fast they are told, and when
// one that stops reading is cut off.
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { DATABASES } from './databases.mjs';
import { count, megabytes, milliseconds, say, table } from './printed.mjs';
import { TOKEN } from './processes.mjs';
import { WatchedServer } from './server.mjs';
import { percentile } from './timing.mjs';

const READERS = 1_000;
/** Streams that a caller may have are fewer. */
const READERS_OF_TOKEN = 40;
const IDLE_MS = 20_000;
const CHANGES = 200;
const CHANGE_EACH_MS = 50;
const BURST = 1_000;
/** More than a connection holds by itself. */
const STALLED_BURSTS = 8;
const PATH = '/api/v1/events/stream';

/** Prints the tables of both databases. */
export async function benchStreams() {
  for (const [name, open] of Object.entries(DATABASES)) {
    const database = await open();
    const server = await WatchedServer.start(database);
    const readers = [];
    try {
      await measure(name, server, readers);
    } finally {
      for (const { socket } of readers) socket.destroy();
      await server.stop();
      await database.close();
    }
  }
}

async function measure(name, server, readers) {
  const parent = await made(server, '/pools', { name: 'all', cidr: '10.0.0.0/8' });
  await server.ask('begin');
  const alone = (await server.ask('memory')).own;
  say(`${name}: ${READERS} readers ...`);
  let told = { arrived: 0, at: [], until: () => undefined };
  const tell = (messages) => {
    told.arrived += messages;
    if (told.arrived >= told.wanted) told.until();
  };
  for (let at = 0; at < READERS; at += READERS_OF_TOKEN) {
    const { secret } = await made(server, '/tokens', { name: `t${at}`, role: 'viewer' });
    readers.push(
      ...(await Promise.all(
        Array.from({ length: READERS_OF_TOKEN }, () => reader(server.port, secret, tell)),
      )),
    );
  }
  await server.quiet();
  const rows = [];
  await server.ask('watch');
  await server.ask('begin');
  const memory = (await server.ask('memory')).own;
  await pause(IDLE_MS);
  rows.push(await row('nothing happens', server, 0, 0, []));

  const delays = [];
  await server.ask('begin');
  const began = performance.now();
  for (let at = 0; at < CHANGES; at += 1) {
    const all = awaited(READERS);
    await made(server, `/pools/${parent.id}`, { description: `${at}` }, 'PATCH');
    const answered = performance.now();
    await all;
    delays.push(Math.max(0, performance.now() - answered));
    await pause(CHANGE_EACH_MS);
  }
  const spent = performance.now() - began;
  rows.push(await row('one change after the other', server, CHANGES * READERS, spent, delays));

  await server.ask('begin');
  const all = awaited(READERS * BURST);
  await bulk(server, 0, '');
  const written = performance.now();
  await all;
  const took = performance.now() - written;
  rows.push(await row(`${count(BURST)} changes at once`, server, READERS * BURST, took, [took]));
  table(
    `${count(READERS)} readers of the event stream, ${name}`,
    [
      '',
      'messages a second',
      'all are told after, p50, ms',
      'p99, ms',
      'CPU',
      'loop late p99, ms',
      'longest, ms',
      'MB',
    ],
    rows,
  );
  table(
    'Memory',
    ['', 'MB'],
    [
      ['without readers', megabytes(alone)],
      [`with ${count(READERS)}`, megabytes(memory)],
    ],
  );
  for (const { socket } of readers) socket.destroy();
  table('A reader that stops reading', ['', 's'], [['is cut off after', await stalled(server)]]);

  function awaited(wanted) {
    return new Promise((until) => {
      told = { arrived: 0, wanted, until };
    });
  }
}

async function row(title, server, messages, spent, delays) {
  const { used, wall, memory } = await server.ask('report');
  const { p99, longest } = await server.ask('lately');
  delays.sort((a, b) => a - b);
  const told = (share) => (delays.length > 0 ? milliseconds(percentile(delays, share)) : '');
  return [
    title,
    messages > 0 ? count((1_000 * messages) / spent) : '',
    told(0.5),
    told(0.99),
    `${Math.round((100 * used) / wall)}%`,
    milliseconds(p99),
    milliseconds(longest),
    megabytes(memory),
  ];
}

/** A connection that listens, once the first bytes came. It counts messages, and keeps nothing. */
async function reader(port, token, tell) {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(`GET ${PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  const [head] = await once(socket, 'data');
  if (!head.includes(' 200 ')) throw new Error(String(head));
  socket.on('error', () => undefined);
  socket.on('data', (bytes) => {
    let messages = 0;
    for (let at = -1; (at = bytes.indexOf('\ndata: ', at + 1)) >= 0;) messages += 1;
    if (messages > 0) tell(messages);
  });
  return { socket };
}

/** @returns after how many seconds a reader of a long log is cut off that takes nothing of it */
async function stalled(server) {
  for (let at = 1; at <= STALLED_BURSTS; at += 1) await bulk(server, at, 'long '.repeat(390));
  const socket = connect(server.port, '127.0.0.1').pause();
  await once(socket, 'connect');
  socket.on('error', () => undefined);
  socket.write(
    `GET ${PATH}?after=0 HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${TOKEN}\r\n\r\n`,
  );
  const began = performance.now();
  while (!(await cutOff(server.port))) await pause(250);
  socket.destroy();
  return ((performance.now() - began) / 1_000).toFixed(1);
}

async function cutOff(port) {
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  return /^cloudpam_event_readers_cut_off_total [1-9]/m.test(await answer.text());
}

async function bulk(server, net, description) {
  const items = Array.from({ length: BURST }, (_, at) => ({
    name: `p${at}`,
    cidr: `10.${net * 4 + (at >> 8)}.${at & 255}.0/24`,
    description,
  }));
  await made(server, '/pools/bulk', { items });
}

async function made(server, path, body, method = 'POST') {
  const { status, json } = await server.send(method, path, { body });
  if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(json)}`);
  return json;
}
