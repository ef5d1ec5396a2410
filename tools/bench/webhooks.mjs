// What webhooks cost: how fast events reach ten receivers, and what writes notice of one that is down.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { SealAudit, withHandlers } from '@cloudpam/audit';
import { parseCidr } from '@cloudpam/cidr';
import { DeliverWebhooks, KeepWebhooks } from '@cloudpam/events';
import { AllocateSubnet, CreatePools } from '@cloudpam/pools';
import { POOL_HANDLERS } from '@cloudpam/reconciliation';
import { PostEvent } from '../../apps/api/dist/webhooks/post-event.js';
import { SecretVault } from '../../apps/api/dist/webhooks/secret-vault.js';
import { newWebhookSecret } from '../../apps/api/dist/webhooks/signature.js';
import { TargetGuard } from '../../apps/api/dist/webhooks/target-guard.js';
import { TellWebhook } from '../../apps/api/dist/webhooks/tell-webhook.js';
import { storageOf } from './databases.mjs';
import { failed } from './failures.mjs';
import { count, milliseconds, say, table } from './printed.mjs';
import { median, timed } from './timing.mjs';

const WEBHOOKS = 10;
const LIMIT_SECONDS = 60;
const ROUNDS = 10;
const WRITES = 400;

const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const now = () => new Date();
const change = (requestId) => ({
  actor: { type: 'system', id: 'bench', name: 'bench' },
  at: now(),
  requestId,
});

/** `npm run bench -- webhooks`: so many events to ten webhooks, and writes beside one that is down. */
export async function benchWebhooks({ database, storageName, size }) {
  const storage = await storageOf(database);
  const unitOfWork = withHandlers(storage.unitOfWork, POOL_HANDLERS);
  const receiver = await Receiver.start();
  const vault = new SecretVault(['k'.repeat(32)]);
  const poster = new PostEvent(new TargetGuard([parseCidr('127.0.0.0/8')]), now);
  const teller = new TellWebhook(poster, vault, 'https://ipam.example.com', now);
  const dispatcher = new DeliverWebhooks(storage.unitOfWork, {
    send: (webhook, event) => teller.tell(webhook, event),
    holder: 'bench',
    now,
    random: Math.random,
    onError: (error) => {
      throw error;
    },
  });
  const keep = new KeepWebhooks(storage.unitOfWork);
  const seal = new SealAudit(storage.unitOfWork, sha256);
  const made = (name, url) =>
    keep.create(
      change(name),
      {
        name,
        url,
        filter: { types: ['pool.*'] },
        template: { kind: 'cloudevents', text: null },
        isOrdered: true,
      },
      { secret: vault.seal(newWebhookSecret()), routingKey: null },
    );
  try {
    const url = `http://127.0.0.1:${receiver.port}/`;
    const hooks = [];
    for (let n = 0; n < WEBHOOKS; n++) hooks.push(await made(`hook ${n}`, url));
    const [{ pool }] = await new CreatePools(unitOfWork).execute(change('pool'), [
      { cidr: parseCidr('10.0.0.0/8'), name: 'busy', kind: 'container' },
    ]);
    const allocate = new AllocateSubnet(unitOfWork);
    let written = 0;
    const write = () =>
      allocate.execute(change(`write-${written++}`), {
        from: { poolId: pool.id },
        prefixLength: 28,
        name: 'a',
      });
    say(`writing ${size} events ...`);
    const [example] = await storage.unitOfWork.read(({ audit }) =>
      audit.scan({ type: 'pool.create' }, { order: 'newest' }, 1),
    );
    for (let n = 0; n < size; n += 500)
      await storage.unitOfWork.run(({ audit }) =>
        audit.append(Array.from({ length: Math.min(500, size - n) }, () => example)),
      );
    await seal.execute();
    say('telling ...');
    const head = (await storage.unitOfWork.read(({ seals }) => seals.head())).seq;
    const took = await timed(async () => {
      const isBehind = async () =>
        (await storage.unitOfWork.read(({ webhooks }) => webhooks.all())).some(
          ({ seq }) => seq < head,
        );
      while (await isBehind()) {
        await dispatcher.look();
        await dispatcher.idle();
      }
    });
    const received = await receiver.received();
    for (const { id } of hooks) await keep.remove(change('remove'), id);

    const down = await made('down', 'http://127.0.0.1:1/');
    await keep.pause(change('pause'), down.id);
    const beside = { alone: [], 'beside one that is down': [] };
    for (let round = 0; round < ROUNDS; round++)
      for (const [title, samples] of Object.entries(beside)) {
        const isDown = title !== 'alone';
        if (isDown) await keep.resume(change('resume'), down.id);
        let over = false;
        const following = (async () => {
          while (!over) {
            await seal.execute();
            await dispatcher.look();
            await new Promise((resolve) => setTimeout(resolve, 1_000));
          }
        })();
        const took = await timed(async () => {
          for (let n = 0; n < WRITES; n++) await write();
        });
        samples.push(took / WRITES);
        over = true;
        await following;
        await dispatcher.idle();
        if (isDown) await keep.pause(change('pause'), down.id);
      }
    const [alone, withDown] = Object.values(beside).map(median);
    const seconds = took / 1_000;
    const expected = WEBHOOKS * size;
    table(
      `${storageName}: webhooks`,
      ['', ''],
      [
        [`${count(size)} events to ${WEBHOOKS} webhooks, seconds`, seconds.toFixed(1)],
        ['deliveries a second', count(Math.round(received / seconds))],
        ['a write alone, ms', milliseconds(alone)],
        ['a write beside a webhook that is down, ms', milliseconds(withDown)],
        ['slower by, %', ((withDown / alone - 1) * 100).toFixed(1)],
      ],
    );
    if (received < expected)
      failed('webhooks', 'lost', `${received} of ${expected} events arrived`);
    if (size <= 10_000 && seconds > LIMIT_SECONDS)
      failed('webhooks', 'slow', `more than ${LIMIT_SECONDS} s`);
  } finally {
    await poster.close();
    receiver.end();
    await storage.close();
  }
}

class Receiver {
  #child;
  #lines;

  static async start() {
    const receiver = new Receiver();
    receiver.#child = spawn(process.execPath, [join(import.meta.dirname, 'webhook-receiver.mjs')], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    receiver.#lines = createInterface({ input: receiver.#child.stdout });
    [receiver.port] = await once(receiver.#lines, 'line');
    return receiver;
  }

  async received() {
    this.#child.stdin.write('\n');
    return Number((await once(this.#lines, 'line'))[0]);
  }

  end() {
    this.#child.stdin.end();
  }
}
