import type { SealedEvent } from '@cloudpam/audit';
import { loopTurn } from '@cloudpam/event-loop';
import { cloudEventOf } from '@cloudpam/events';
import { readEvents, type EventReader } from './event-reading';
import type { EventHub } from './event-hub';

/** After so many milliseconds a client of a lost connection comes again. */
const RETRY_MS = 2_000;
/** Characters that are written at once, so that few are in memory for each who listens. */
const PIECE = 32_768;

/** The text of an event is made once for all who listen. */
const texts = new WeakMap<SealedEvent, { readonly source: string; readonly text: string }>();

/** An event as a message of an event stream (WHATWG HTML, section 9.2). */
function messageOf(event: SealedEvent, source: string): string {
  const known = texts.get(event);
  if (known?.source === source) return known.text;
  // JSON has no line feeds of its own.
  const text = `id: ${event.seal.seq}\ndata: ${JSON.stringify(cloudEventOf(event, source))}\n\n`;
  texts.set(event, { source, text });
  return text;
}

/**
 * The text of an event stream: what the reader may see, as it comes, until the stream has to end. A
 * sign of life comes where nothing else does, and tells the place up to which nothing was for the
 * reader.
 * @param heartbeatMs so long nothing may be sent, in milliseconds
 * @param sent told of each piece how many events it has
 */
export async function* eventText(
  hub: EventHub,
  reader: EventReader,
  source: string,
  heartbeatMs: number,
  sent: (events: number) => void,
): AsyncGenerator<string> {
  const { ended } = reader.stream;
  let { after } = reader;
  yield `retry: ${RETRY_MS}\n${signOfLife(after)}`;
  let lastSent = performance.now();
  while (!ended.aborted) {
    const silent = performance.now() - lastSent;
    if (silent >= heartbeatMs) {
      yield signOfLife(after);
      lastSent = performance.now();
      continue;
    }
    const page = await readEvents(hub, reader, after, heartbeatMs - silent);
    for (const piece of piecesOf(page.events, source)) {
      // What a thousand are told at once must not keep requests waiting.
      await loopTurn();
      yield piece.text;
      sent(piece.events);
      lastSent = performance.now();
      if (ended.aborted) return;
    }
    after = page.last;
  }
}

function signOfLife(place: number): string {
  return `: is here\nid: ${place}\n\n`;
}

function* piecesOf(
  events: readonly SealedEvent[],
  source: string,
): Generator<{ readonly text: string; readonly events: number }> {
  let text = '';
  let count = 0;
  for (const event of events) {
    text += messageOf(event, source);
    count += 1;
    if (text.length < PIECE) continue;
    yield { text, events: count };
    [text, count] = ['', 0];
  }
  if (count > 0) yield { text, events: count };
}
