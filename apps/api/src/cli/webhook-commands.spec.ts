import { KeepWebhooks } from '@cloudpam/events';
import { SYSTEM_ACTOR } from '@cloudpam/audit';
import { sampleWebhook } from '@cloudpam/storage-contract';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module';
import { readConfig } from '../config/config';
import { memoryStorage, type Storage } from '../storage/storage';
import { SecretVault } from '../webhooks/secret-vault';
import { commandsOver } from './run-command';

const [OLD, NEW] = ['o'.repeat(32), 'n'.repeat(32)] as const;

describe('webhooks encrypt', () => {
  let storage: Storage;
  let app: INestApplicationContext;

  beforeEach(async () => {
    storage = memoryStorage();
    app = await NestFactory.createApplicationContext(
      AppModule.over(
        readConfig({ DATABASE_URL: 'memory:', CLOUDPAM_SECRET_KEY: `${NEW},${OLD}` }),
        { storage },
      ),
      { logger: false },
    );
  });
  afterEach(async () => {
    await app.close();
    await storage.close();
  });

  const run = async (): Promise<{ code: number; output: string }> => {
    let [code, output] = [0, ''];
    const say = (line: string): void => void (output += `${line}\n`);
    const commands = commandsOver(
      async (work) => {
        code = await work({ app, say, write: async (text) => say(text) });
      },
      () => Promise.reject(new Error('no such command here')),
    );
    await commands.parseAsync(['webhooks', 'encrypt'], { from: 'user' });
    return { code, output };
  };
  const webhook = (name: string, key: string, routingKey: string | null = null) => {
    const vault = new SecretVault([key]);
    const secrets = {
      secret: vault.seal(`secret of ${name}`),
      routingKey: routingKey === null ? null : vault.seal(routingKey),
    };
    const { url, filter, template, isOrdered } = sampleWebhook({ name });
    const change = { actor: SYSTEM_ACTOR, at: new Date(), requestId: 'test' };
    return new KeepWebhooks(storage.unitOfWork).create(
      change,
      { name, url, filter, template, isOrdered },
      secrets,
    );
  };
  const kept = (id: number) => storage.unitOfWork.read(({ webhooks }) => webhooks.get(id));

  it('keeps all secrets by the first key, so that the others can go, and once', async () => {
    const { id } = await webhook('a', OLD, 'r-1');
    const change = { actor: SYSTEM_ACTOR, at: new Date(), requestId: 'test' };
    const rotated = new SecretVault([OLD]).seal('rotated');
    const { version } = await new KeepWebhooks(storage.unitOfWork).rotate(change, id, rotated);
    await webhook('b', NEW);
    expect(await run()).toEqual({
      code: 0,
      output: '1 of 2 webhooks were encrypted by the first key\n',
    });
    const vault = new SecretVault([NEW]);
    const after = await kept(id);
    expect(
      [after?.secret, after?.formerSecret, after?.routingKey].map((each) => vault.open(each ?? '')),
    ).toEqual(['rotated', 'secret of a', 'r-1']);
    // Nobody who edits it meanwhile is told that it is another one.
    expect(after?.version).toBe(version);
    expect(await run()).toEqual({
      code: 0,
      output: '0 of 2 webhooks were encrypted by the first key\n',
    });
    const entries = await storage.unitOfWork.read(({ audit }) =>
      audit.scan({ entityType: 'webhook' }, { order: 'newest' }, 10),
    );
    expect(
      entries.map(({ type }) => type).filter((type) => type === 'webhook.encrypt'),
    ).toHaveLength(1);
  });

  it('says which secrets it cannot read, and keeps the others', async () => {
    const { id } = await webhook('a', 'x'.repeat(32));
    await webhook('b', OLD);
    expect(await run()).toEqual({
      code: 1,
      output:
        `webhook ${id} (a): CLOUDPAM_SECRET_KEY does not have the key that this secret is kept with\n` +
        '1 of 2 webhooks were encrypted by the first key\n',
    });
  });
});
