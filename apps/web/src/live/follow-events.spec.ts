import { session } from '../api/session';
import { FakeApi, type FakeStream } from '../testing/fake-api';
import { followEvents, type Connection } from './follow-events';

const TIMES = {
  shownFor: 0,
  hiddenFor: 5,
  silentFor: 10_000,
  firstRetry: 1,
  lastRetry: 4,
  steadyFor: 0,
};

describe('followEvents', () => {
  let api: FakeApi;
  let stream: FakeStream;
  let end: AbortController;
  let states: Connection[];
  let following: Promise<void>;

  beforeEach(() => {
    api = new FakeApi();
    globalThis.fetch = api.fetch;
    session.open('cpam_test_secret', false);
    stream = api.stream('/api/v1/events/stream');
    end = new AbortController();
    states = [];
    hide(false);
  });
  afterEach(async () => {
    end.abort();
    await following;
    session.close();
  });

  const hide = (hidden: boolean): void => {
    Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  };
  const follow = (times = TIMES): void => {
    following = followEvents(
      {
        connected: () => undefined,
        event: () => undefined,
        connection: (state) => void states.push(state),
      },
      end.signal,
      times,
    );
  };
  const until = async (what: () => boolean): Promise<void> => {
    while (!what()) await new Promise((resolve) => setTimeout(resolve));
  };

  it('closes when the tab is hidden for a while, and comes back when it is shown', async () => {
    follow();
    await until(() => stream.size === 1);
    hide(true);
    await until(() => stream.size === 0);
    expect(states).toEqual(['live', 'paused']);
    hide(false);
    await until(() => stream.size === 1);
  });

  it('gives up a connection over which nothing comes', async () => {
    follow({ ...TIMES, silentFor: 20 });
    await until(() => api.calls.length > 2);
    expect(states.slice(0, 3)).toEqual(['live', 'lost', 'live']);
  });

  it('waits longer and longer where connections end as soon as they stand', async () => {
    const waits = jest.spyOn(globalThis, 'setTimeout');
    jest.spyOn(Math, 'random').mockReturnValue(0.5);
    follow({ ...TIMES, silentFor: 2, firstRetry: 1.25, lastRetry: 10, steadyFor: 60_000 });
    await until(() => waits.mock.calls.some(([, ms]) => ms === 10));
    jest.restoreAllMocks();
    expect(states.slice(0, 3)).toEqual(['live', 'lost', 'live']);
  });

  it('goes offline with the computer, and on with it', async () => {
    follow({ ...TIMES, firstRetry: 60_000, lastRetry: 60_000 });
    await until(() => stream.size === 1);
    window.dispatchEvent(new Event('offline'));
    await until(() => states.at(-1) === 'lost');
    window.dispatchEvent(new Event('online'));
    await until(() => stream.size === 1);
    expect(states).toEqual(['live', 'lost', 'live']);
  });

  it('asks again after a refusal that may pass, and not after one that does not', async () => {
    api.refuse('get', '/api/v1/events/stream', 429, { code: 'too_many_streams' });
    follow();
    await until(() => api.calls.length > 3);
    api.refuse('get', '/api/v1/events/stream', 403, { code: 'forbidden' });
    await following;
  });
});
