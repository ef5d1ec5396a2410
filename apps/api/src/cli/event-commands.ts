import { setTimeout as sleep } from 'node:timers/promises';
import { StorageUnavailable } from '@cloudpam/audit';
import { InvalidArgumentError, type Command } from 'commander';
import { cloudEventOf } from '@cloudpam/events';
import { onStopSignal } from '../background/stop-signals';
import { CONFIG, type Config } from '../config/config';
import { sourceOf } from '../config/event-source';
import { TYPES_PATTERN } from '../events/dto/events-query';
import { EventHub } from '../events/event-hub';
import { readEvents } from '../events/event-reading';
import { isWantedOfAny } from '../limits/event-types';
import type { CommandContext, Serve } from './command';

/** As long as nothing comes, in milliseconds: then it waits again. */
const WAIT_MS = 60_000;
/** While the database is away. */
const AGAIN_MS = 1_000;

/** Commands about events. */
export function addEventCommands(program: Command, serve: Serve): void {
  const events = program.command('events').summary('what happens');
  events
    .command('tail')
    .description(
      'writes events as lines of JSON, each a CloudEvent, as they come, until it is interrupted; the id of the last ' +
        'line goes on with --after',
    )
    .option('--after <SEQ>', 'after this place in the log, 0 for all; else from now on', placeValue)
    .option('--types <TYPES>', 'of these types: pool.*,range.create', typesValue)
    .action((options: Wanted) =>
      serve((context) => {
        const end = new AbortController();
        onStopSignal(() => end.abort());
        return tail(context, options, end.signal);
      }),
    );
}

interface Wanted {
  readonly after?: number;
  readonly types?: readonly string[];
}

/** Writes events until the signal ends it. */
export async function tail(
  { app, write }: Pick<CommandContext, 'app' | 'write'>,
  { after, types = [] }: Wanted,
  ended: AbortSignal,
): Promise<number> {
  const hub = app.get(EventHub);
  const source = sourceOf(app.get<Config>(CONFIG));
  const reader = {
    filter: { types },
    stream: { ended, check: () => Promise.resolve(), close: () => undefined },
    isLimited: false,
    visible: <T>(events: T) => Promise.resolve(events),
  };
  for (let place = after ?? (await hub.now()); !ended.aborted;) {
    const { events, last } = await readEvents(hub, reader, place, WAIT_MS).catch(
      async (error: unknown) => {
        if (!(error instanceof StorageUnavailable)) throw error;
        await sleep(AGAIN_MS, undefined, { signal: ended }).catch(() => undefined);
        return { events: [], last: place };
      },
    );
    place = last;
    const lines = events.map((event) => `${JSON.stringify(cloudEventOf(event, source))}\n`);
    if (lines.length > 0) await write(lines.join(''));
  }
  return 0;
}

/** @throws InvalidArgumentError */
function placeValue(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be the id of an event, or 0.');
}

/** @throws InvalidArgumentError */
function typesValue(text: string): readonly string[] {
  if (!TYPES_PATTERN.test(text))
    throw new InvalidArgumentError(
      'It must be types with commas between them: pool.*,range.create',
    );
  const types = text.split(',');
  const unknown = types.find((type) => !isWantedOfAny(type));
  if (unknown !== undefined) throw new InvalidArgumentError(`No event has the type ${unknown}.`);
  return types;
}
