import { SYSTEM_ACTOR, type Change } from '@cloudpam/audit';
import { AccessError, IssueToken, RevokeToken, ROLES, RotateToken, type Token } from '@cloudpam/identity';
import { NODE_SECRETS } from '../access/node-secrets';
import { UsageError, type Command } from './command';
import { givenFlags, timeFlag } from './given-flags';

const DAY_MS = 86_400_000;
const PAGE = 200;

const create: Command = {
  name: 'token create', takes: '--name NAME --role ROLE [--expires 90d|TIME]', summary: 'makes a token and prints it, once, as the only thing on standard output',
  async run(args, { storage, write }) {
    const { name, role, expires } = givenFlags(args, ['name', 'role', 'expires']);
    if (name === undefined) throw new UsageError('--name says what the token is for');
    const known = ROLES.find((each) => each === role);
    if (!known) throw new UsageError(`--role must be one of ${ROLES.join(', ')}`);
    const now = new Date();
    const { text } = await refusals(new IssueToken(storage.unitOfWork, NODE_SECRETS).execute(byCommand(now), { name, role: known, expiresAt: endOf(expires, now) }));
    await write(`${text}\n`);
    return 0;
  },
};

const listTokens: Command = {
  name: 'token list', takes: '', summary: 'shows id, name, role and state of every token',
  async run(args, { storage, say }) {
    givenFlags(args, []);
    const now = new Date();
    for (let page = 1; ; page++) {
      const { items, total } = await storage.unitOfWork.read(({ tokens }) => tokens.list(page, PAGE));
      for (const token of items) say([token.id, token.role, stateOf(token, now), token.name].join('\t'));
      if (page * PAGE >= total) return 0;
    }
  },
};

const rotate: Command = {
  name: 'token rotate', takes: 'ID', summary: 'gives a token a new secret and prints it, once; the old one ends within three seconds',
  async run(args, { storage, write }) {
    const { text } = await refusals(new RotateToken(storage.unitOfWork, NODE_SECRETS).execute(byCommand(new Date()), idOf(args)));
    await write(`${text}\n`);
    return 0;
  },
};

const revoke: Command = {
  name: 'token revoke', takes: 'ID', summary: 'ends a token, within three seconds on every server',
  async run(args, { storage, say }) {
    const token = await refusals(new RevokeToken(storage.unitOfWork).execute(byCommand(new Date()), idOf(args)));
    say(`token ${token.id} (${token.name}) is revoked`);
    return 0;
  },
};

export const TOKEN_COMMANDS: readonly Command[] = [create, listTokens, rotate, revoke];

function byCommand(at: Date): Change {
  return { actor: SYSTEM_ACTOR, at, requestId: 'command' };
}

function stateOf({ revokedAt, expiresAt }: Token, now: Date): string {
  if (revokedAt) return `revoked ${revokedAt.toISOString()}`;
  if (!expiresAt) return 'does not expire';
  return `${expiresAt <= now ? 'expired' : 'expires'} ${expiresAt.toISOString()}`;
}

function endOf(text: string | undefined, now: Date): Date | undefined {
  const days = /^(\d{1,4})d$/.exec(text ?? '')?.[1];
  return days === undefined ? timeFlag('expires', text) : new Date(now.getTime() + Number(days) * DAY_MS);
}

function idOf(args: readonly string[]): number {
  const [id = ''] = args;
  if (args.length !== 1 || !/^\d{1,15}$/.test(id)) throw new UsageError('give the id of one token; `token list` shows them');
  return Number(id);
}

/** What the rules refuse is told like a wrong argument. */
async function refusals<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof AccessError ? new UsageError(error.message) : error;
  }
}
