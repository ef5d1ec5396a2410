import { SYSTEM_ACTOR, type Change } from '@cloudpam/audit';
import {
  AccessError,
  IssueToken,
  RevokeToken,
  ROLES,
  RotateToken,
  type Token,
} from '@cloudpam/identity';
import { PoolError } from '@cloudpam/pools';
import { checkLimitPools } from '../limits/limits-of';
import { STORAGE, type Storage } from '../storage/storage';
import { UsageError, type Command } from './command';
import { givenFlags, timeFlag } from './given-flags';

const DAY_MS = 86_400_000;
const PAGE = 200;

const create: Command = {
  name: 'token create',
  takes:
    '--name NAME --role ROLE [--expires 90d|TIME] [--access read-only] [--accounts KEY,...] ' +
    '[--pools ID,...] [--shared-resources report]',
  summary: 'makes a token and prints it, once, as the only thing on standard output',
  async run(args, { app, write }) {
    const given = givenFlags(args, [
      'name',
      'role',
      'expires',
      'access',
      'accounts',
      'pools',
      'shared-resources',
    ]);
    const { name, role, expires, access, accounts, pools, 'shared-resources': shared } = given;
    if (name === undefined) throw new UsageError('--name says what the token is for');
    const known = ROLES.find((each) => each === role);
    if (!known) throw new UsageError(`--role must be one of ${ROLES.join(', ')}`);
    if (access !== undefined && access !== 'read-only')
      throw new UsageError(
        '--access can only be read-only; what else a token may do says its role',
      );
    if (shared !== undefined && shared !== 'report')
      throw new UsageError('--shared-resources can only be report; leave it away otherwise');
    const now = new Date();
    const limits = { accounts: accountsOf(accounts), pools: poolsOf(pools) };
    await refusals(checkLimitPools(app.get<Storage>(STORAGE), limits.pools));
    const asked = {
      name,
      role: known,
      readOnly: access === 'read-only',
      sharedResources: shared === 'report',
      ...limits,
      expiresAt: endOf(expires, now),
    };
    const { text } = await refusals(app.get(IssueToken).execute(byCommand(now), asked));
    await write(`${text}\n`);
    return 0;
  },
};

const listTokens: Command = {
  name: 'token list',
  takes: '',
  summary: 'shows id, beginning, role, state, limits and name of every token',
  async run(args, { app, say }) {
    givenFlags(args, []);
    const { unitOfWork } = app.get<Storage>(STORAGE);
    const now = new Date();
    for (let page = 1; ; page++) {
      const { items, total } = await unitOfWork.read(({ tokens }) => tokens.list(page, PAGE));
      for (const token of items)
        say(
          [
            token.id,
            `cpam_${token.publicId}`,
            `${token.role}${token.readOnly ? ' (read-only)' : ''}`,
            stateOf(token, now),
            limitsText(token),
            token.name,
          ].join('\t'),
        );
      if (page * PAGE >= total) return 0;
    }
  },
};

const rotate: Command = {
  name: 'token rotate',
  takes: 'ID',
  summary: 'gives a token a new secret and prints it, once; the old one ends within three seconds',
  async run(args, { app, write }) {
    const { text } = await refusals(
      app.get(RotateToken).execute(byCommand(new Date()), idOf(args)),
    );
    await write(`${text}\n`);
    return 0;
  },
};

const revoke: Command = {
  name: 'token revoke',
  takes: 'ID',
  summary: 'ends a token, within three seconds on every server',
  async run(args, { app, say }) {
    const token = await refusals(app.get(RevokeToken).execute(byCommand(new Date()), idOf(args)));
    say(`token ${token.id} (${token.name}) is revoked`);
    return 0;
  },
};

export const TOKEN_COMMANDS: readonly Command[] = [create, listTokens, rotate, revoke];

function byCommand(at: Date): Change {
  return { actor: SYSTEM_ACTOR, at, requestId: 'command' };
}

function limitsText({ accounts, pools, sharedResources }: Token): string {
  const parts = [
    accounts &&
      `accounts ${accounts.join(', ')}${sharedResources ? ' with what is shared with them' : ''}`,
    pools && `pools ${pools.join(', ')}`,
  ].filter(Boolean);
  return parts.length === 0 ? 'no limits' : `limited to ${parts.join(' and ')}`;
}

function stateOf({ revokedAt, expiresAt }: Token, now: Date): string {
  if (revokedAt) return `revoked ${revokedAt.toISOString()}`;
  if (!expiresAt) return 'does not expire';
  return `${expiresAt <= now ? 'expired' : 'expires'} ${expiresAt.toISOString()}`;
}

function endOf(text: string | undefined, now: Date): Date | undefined {
  const days = /^(\d{1,4})d$/.exec(text ?? '')?.[1];
  return days === undefined
    ? timeFlag('expires', text)
    : new Date(now.getTime() + Number(days) * DAY_MS);
}

function accountsOf(text: string | undefined): string[] | null {
  const keys = text?.split(',') ?? null;
  if (keys?.includes(''))
    throw new UsageError(
      '--accounts takes the keys of accounts with commas between them, like aws:111111111111',
    );
  return keys;
}

function poolsOf(text: string | undefined): number[] | null {
  if (text === undefined) return null;
  if (!/^[1-9]\d{0,14}(,[1-9]\d{0,14}){0,99}$/.test(text))
    throw new UsageError('--pools takes the ids of up to 100 pools with commas between them');
  return text.split(',').map(Number);
}

function idOf(args: readonly string[]): number {
  const [id = ''] = args;
  if (args.length !== 1 || !/^\d{1,15}$/.test(id))
    throw new UsageError('give the id of one token; `token list` shows them');
  return Number(id);
}

/** What the rules refuse is told like a wrong argument. */
async function refusals<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof AccessError || error instanceof PoolError
      ? new UsageError(error.message)
      : error;
  }
}
