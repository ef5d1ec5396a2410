import { InvalidArgumentError, Option, type Command } from 'commander';
import ms, { type StringValue } from 'ms';
import { SYSTEM_ACTOR, type Change } from '@cloudpam/audit';
import {
  AccessError,
  IssueToken,
  RevokeToken,
  ROLES,
  RotateToken,
  type Role,
  type Token,
} from '@cloudpam/identity';
import { PoolError } from '@cloudpam/pools';
import { checkLimitPools } from '../limits/limits-of';
import { STORAGE, type Storage } from '../storage/storage';
import { UsageError, type CommandContext, type Serve } from './command';
import { timeValue } from './values';

const PAGE = 200;

/** Commands about tokens. */
export function addTokenCommands(program: Command, serve: Serve): void {
  const token = program.command('token').summary('the tokens of the API');
  token
    .command('create')
    .description('makes a token and prints it, once, as the only thing on standard output')
    .requiredOption('--name <NAME>', 'what the token is for')
    .addOption(new Option('--role <ROLE>', 'what it may do').choices(ROLES).makeOptionMandatory())
    .option('--expires <90d|TIME>', 'its end; without one it does not expire', endValue)
    .addOption(
      new Option('--access <read-only>', 'less than its role may do').choices(['read-only']),
    )
    .option('--accounts <KEY,...>', 'limits it to these accounts', accountsValue)
    .option('--pools <ID,...>', 'limits it to these pools', poolsValue)
    .addOption(
      new Option('--shared-resources <report>', 'what others share with its accounts').choices([
        'report',
      ]),
    )
    .action((asked: NewToken) => serve((context) => create(context, asked)));
  token
    .command('list')
    .description('shows id, beginning, role, state, limits and name of every token')
    .action(() => serve(list));
  token
    .command('rotate')
    .description(
      'gives a token a new secret and prints it, once; the old one ends within three seconds',
    )
    .argument('<ID>', 'the id of the token', idValue)
    .action((id: number) => serve((context) => rotate(context, id)));
  token
    .command('revoke')
    .description('ends a token, within three seconds on every server')
    .argument('<ID>', 'the id of the token', idValue)
    .action((id: number) => serve((context) => revoke(context, id)));
}

/** The options of `token create`. */
interface NewToken {
  readonly name: string;
  readonly role: Role;
  readonly expires?: Date;
  readonly access?: 'read-only';
  readonly accounts?: string[];
  readonly pools?: number[];
  readonly sharedResources?: 'report';
}

async function create({ app, write }: CommandContext, asked: NewToken): Promise<number> {
  const limits = { accounts: asked.accounts ?? null, pools: asked.pools ?? null };
  await refusals(checkLimitPools(app.get<Storage>(STORAGE), limits.pools));
  const { text } = await refusals(
    app.get(IssueToken).execute(byCommand(new Date()), {
      name: asked.name,
      role: asked.role,
      readOnly: asked.access === 'read-only',
      sharedResources: asked.sharedResources === 'report',
      ...limits,
      expiresAt: asked.expires,
    }),
  );
  await write(`${text}\n`);
  return 0;
}

async function list({ app, say }: CommandContext): Promise<number> {
  const { unitOfWork } = app.get<Storage>(STORAGE);
  const now = new Date();
  for (let page = 1; ; page++) {
    const { items, total } = await unitOfWork.read(({ tokens }) => tokens.list({}, page, PAGE));
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
}

async function rotate({ app, write }: CommandContext, id: number): Promise<number> {
  const { text } = await refusals(app.get(RotateToken).execute(byCommand(new Date()), id));
  await write(`${text}\n`);
  return 0;
}

async function revoke({ app, say }: CommandContext, id: number): Promise<number> {
  const token = await refusals(app.get(RevokeToken).execute(byCommand(new Date()), id));
  say(`token ${token.id} (${token.name}) is revoked`);
  return 0;
}

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

/** The end of a token: a time, or days from now. @throws InvalidArgumentError */
function endValue(text: string): Date {
  if (!/^\d{1,4}d$/.test(text)) return timeValue(text);
  const now = new Date();
  return new Date(now.getTime() + ms(text as StringValue)); // the expression says so
}

/** @throws InvalidArgumentError */
function accountsValue(text: string): string[] {
  const keys = text.split(',');
  if (!keys.includes('')) return keys;
  throw new InvalidArgumentError(
    'It takes the keys of accounts with commas between them, like aws:111111111111.',
  );
}

/** @throws InvalidArgumentError */
function poolsValue(text: string): number[] {
  if (/^[1-9]\d{0,14}(,[1-9]\d{0,14}){0,99}$/.test(text)) return text.split(',').map(Number);
  throw new InvalidArgumentError('It takes the ids of up to 100 pools with commas between them.');
}

/** @throws InvalidArgumentError */
function idValue(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give the id of one token; `token list` shows them.');
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
