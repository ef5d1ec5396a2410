import { ApiProblem } from '../api/api-problem';
import { openEvents, type StreamedEvent } from '../api/events';

/** Whether what happens arrives: `paused` while nobody looks at the tab. */
export type Connection = 'connecting' | 'live' | 'lost' | 'paused';

/** What to do about events. */
export interface EventHandlers {
  /** The connection stands, for the first time or again: whatever was read before may be out of date. */
  readonly connected: () => void;
  readonly event: (event: NonNullable<StreamedEvent>) => void;
  readonly connection: (state: Connection) => void;
}

/** How long things take, in milliseconds. */
export interface FollowTimes {
  readonly shownFor: number;
  readonly hiddenFor: number;
  readonly silentFor: number;
  readonly firstRetry: number;
  readonly lastRetry: number;
  /** What stood so long was no accident: the next wait is a short one again. */
  readonly steadyFor: number;
}

/**
 * A browser has six connections to a server, for all of its tabs: over those that many open tabs
 * would listen by, no page loads. So a tab listens when it is looked at for a moment, and stops soon
 * after; when it is looked at again everything is read anew. The server says something every 15 seconds.
 */
const TIMES: FollowTimes = {
  shownFor: 500,
  hiddenFor: 10_000,
  silentFor: 40_000,
  firstRetry: 500,
  lastRetry: 15_000,
  steadyFor: 5_000,
};

/** Listens to events for as long as somebody looks at this tab, and again whenever the connection is lost. */
export async function followEvents(
  handlers: EventHandlers,
  signal: AbortSignal,
  times = TIMES,
): Promise<void> {
  let retry = times.firstRetry;
  while (!signal.aborted) {
    await shown(signal, times.shownFor);
    if (signal.aborted) return;
    const end = new AbortController();
    const stopWatching = endWhen(end, signal, times.hiddenFor);
    let began: number | undefined;
    try {
      for await (const event of unlessSilent(openEvents(end.signal), end, times.silentFor, () => {
        began = performance.now();
        handlers.connection('live');
        handlers.connected();
      }))
        if (event) handlers.event(event);
    } catch (error) {
      // Nobody who may not listen gets to by asking again; a session that ended has ended the page.
      if (error instanceof ApiProblem && [401, 403, 404].includes(error.status)) return;
    } finally {
      stopWatching();
      end.abort();
    }
    if (signal.aborted) return;
    if (document.hidden) {
      handlers.connection('paused');
      continue;
    }
    handlers.connection('lost');
    if (began !== undefined && performance.now() - began >= times.steadyFor)
      retry = times.firstRetry;
    // Not all tabs of all people at once, when a server comes back.
    await waited(retry * (0.5 + Math.random()), signal);
    retry = Math.min(times.lastRetry, retry * 2);
  }
}

/** The events of a stream; ends it when nothing at all comes for so long. */
async function* unlessSilent(
  opening: ReturnType<typeof openEvents>,
  end: AbortController,
  silentMs: number,
  onOpen: () => void,
): AsyncGenerator<StreamedEvent> {
  const fail = (): void => end.abort();
  let timer = setTimeout(fail, silentMs);
  try {
    const events = await opening;
    onOpen();
    for await (const event of events) {
      clearTimeout(timer);
      timer = setTimeout(fail, silentMs);
      yield event;
    }
  } finally {
    clearTimeout(timer);
  }
}

/** Ends a connection when the tab was hidden for so long, the computer goes offline, or nobody wants it. */
function endWhen(end: AbortController, signal: AbortSignal, hiddenMs: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = (): void => end.abort();
  const look = (): void => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(stop, hiddenMs);
  };
  look();
  document.addEventListener('visibilitychange', look);
  window.addEventListener('offline', stop);
  signal.addEventListener('abort', stop);
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', look);
    window.removeEventListener('offline', stop);
    signal.removeEventListener('abort', stop);
  };
}

/** Waits until the tab was shown for so long. */
function shown(signal: AbortSignal, forMs: number): Promise<void> {
  return new Promise((resolve) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const done = (): void => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const look = (): void => {
      clearTimeout(timer);
      if (!document.hidden) timer = setTimeout(done, forMs);
    };
    document.addEventListener('visibilitychange', look);
    signal.addEventListener('abort', done);
    look();
  });
}

/** Waits for so long, or until the computer is online again. */
function waited(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    window.addEventListener('online', done);
    signal.addEventListener('abort', done);
  });
}
