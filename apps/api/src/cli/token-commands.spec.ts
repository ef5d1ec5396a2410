import { SYSTEM_ACTOR } from '@cloudpam/audit';
import { Authenticate, type Token } from '@cloudpam/identity';
import { parseCidr } from '@cloudpam/cidr';
import { CreatePools } from '@cloudpam/pools';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommanderError } from 'commander';
import { NODE_SECRETS } from '../access/node-secrets';
import { AppModule } from '../app.module';
import { readConfig } from '../config/config';
import { STORAGE, type Storage } from '../storage/storage';
import { commandsOver } from './run-command';

describe('token commands', () => {
  let storage: Storage;
  let app: INestApplicationContext;
  let output: string;

  beforeEach(async () => {
    app = await NestFactory.createApplicationContext(
      AppModule.over(readConfig({ DATABASE_URL: 'memory:' })),
      { logger: false },
    );
    storage = app.get<Storage>(STORAGE);
    output = '';
  });
  afterEach(() => app.close());

  const run = async (name: string, ...args: string[]): Promise<void> => {
    const say = (line: string): void => void (output += `${line}\n`);
    const write = async (text: string): Promise<void> => void (output += text);
    const commands = commandsOver(
      async (work) => void (await work({ app, say, write })),
      () => Promise.reject(new Error('no such command here')),
      { writeErr: () => undefined },
    );
    await commands.parseAsync(['token', name, ...args], { from: 'user' });
  };
  const made = async (...args: string[]): Promise<string> => {
    output = '';
    await run('create', ...args);
    return output.trimEnd();
  };
  const tokenOf = (text: string): Promise<Token> =>
    new Authenticate(storage.unitOfWork, NODE_SECRETS, performance).execute(text, new Date());

  it('make tokens that the server takes, with role and end', async () => {
    const before = Date.now();
    const token = await tokenOf(await made('--name', 'ci', '--role=collector', '--expires', '90d'));
    expect(token.role).toBe('collector');
    expect(Math.round(((token.expiresAt?.getTime() ?? 0) - before) / 86_400_000)).toBe(90);
    expect((await tokenOf(await made('--name', 'ops', '--role', 'viewer'))).expiresAt).toBeNull();
  });

  it('make read-only tokens, limited to accounts and pools, and say so in the list', async () => {
    const change = { actor: SYSTEM_ACTOR, at: new Date(), requestId: 'test' };
    const [created] = await new CreatePools(storage.unitOfWork).execute(change, [
      { name: 'a', cidr: parseCidr('10.0.0.0/8') },
    ]);
    const pool = created && 'pool' in created ? created.pool.id : 0;
    const text = await made(
      '--name',
      'ci',
      '--role',
      'editor',
      '--access',
      'read-only',
      '--accounts',
      'aws:1,gcp:p',
      '--pools',
      String(pool),
    );
    expect(await tokenOf(text)).toMatchObject({
      readOnly: true,
      accounts: ['aws:1', 'gcp:p'],
      pools: [pool],
    });
    output = '';
    await run('list');
    expect(output).toBe(
      `1\t${text.slice(0, 17)}\teditor (read-only)\tdoes not expire\tlimited to accounts ` +
        `aws:1, gcp:p and pools ${pool}\tci\n`,
    );
  });

  it('let a limited collector report what is shared with its accounts, and nobody else', async () => {
    const text = await made(
      '--name',
      'c',
      '--role',
      'collector',
      '--accounts',
      'aws:1',
      '--shared-resources',
      'report',
    );
    expect(await tokenOf(text)).toMatchObject({ sharedResources: true, accounts: ['aws:1'] });
    output = '';
    await run('list');
    expect(output).toContain('limited to accounts aws:1 with what is shared with them');
    await expect(
      run('create', '--name', 'c', '--role', 'collector', '--shared-resources', 'report'),
    ).rejects.toThrow('limited to accounts');
  });

  it('list, rotate and revoke, and leave entries', async () => {
    const first = await made('--name', 'ci', '--role', 'editor');
    output = '';
    await run('rotate', '1');
    const second = output.trimEnd();
    await expect(tokenOf(first)).rejects.toThrow();
    expect((await tokenOf(second)).role).toBe('editor');
    await run('revoke', '1');
    await expect(tokenOf(second)).rejects.toThrow();
    output = '';
    await run('list');
    expect(output).toMatch(/^1\tcpam_[a-z2-7]{12}\teditor\trevoked \S+\tno limits\tci\n$/);
    const { entries } = await storage.unitOfWork.read(({ audit }) => audit.list({}, 1, 10));
    expect(entries.map(({ type }) => type)).toEqual([
      'token.revoke',
      'token.rotate',
      'token.create',
    ]);
  });

  it('refuse what is wrong, and change nothing', async () => {
    await made('--name', 'admin', '--role', 'admin');
    for (const [name, ...args] of [
      ['create'],
      ['create', '--name', 'x', '--role', 'king'],
      ['create', '--name', ' ', '--role', 'viewer'],
      ['create', '--name', 'x', '--role', 'viewer', '--expires', 'soon'],
      ['create', '--name', 'x', '--role', 'viewer', '--expires', '2001-01-01'],
      ['create', '--name', 'x', '--role', 'viewer', '--access', 'none'],
      ['create', '--name', 'x', '--role', 'viewer', '--pools', 'a'],
      ['create', '--name', 'x', '--role', 'viewer', '--pools', '9'],
      ['create', '--name', 'x', '--role', 'admin', '--accounts', 'aws:1'],
      ['create', '--name', 'x', '--role', 'collector', '--pools', '1'],
      ['create', '--name', 'x', '--role', 'viewer', '--accounts', 'aws:1,'],
      ['rotate'],
      ['rotate', '9'],
      ['revoke', '1'],
      ['revoke', '1', '2'],
      ['list', '--all', 'x'],
    ] as const) {
      await expect(run(name, ...args)).rejects.toThrow(CommanderError);
    }
    expect((await storage.unitOfWork.read(({ tokens }) => tokens.list({}, 1, 10))).total).toBe(1);
  });
});
