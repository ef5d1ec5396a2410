import type { CloudEvent } from '@cloudpam/events';
import { Prepared } from '../prepared.fixture';
import { tail } from './event-commands';

describe('events tail', () => {
  let server: Prepared;
  beforeEach(async () => {
    server = await Prepared.open();
  });
  afterEach(() => server.close());

  /** Runs until so many lines are written. */
  const lines = async (
    count: number,
    wanted: Parameters<typeof tail>[1],
    meanwhile: () => Promise<unknown> = () => Promise.resolve(),
  ): Promise<CloudEvent[]> => {
    const end = new AbortController();
    let text = '';
    const write = (more: string): Promise<void> => {
      text += more;
      if (text.split('\n').length > count) end.abort();
      return Promise.resolve();
    };
    const ended = tail({ app: server.app, write }, wanted, end.signal);
    await meanwhile();
    expect(await ended).toBe(0);
    return text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as CloudEvent);
  };

  it('writes a line for each event, and goes on after one', async () => {
    await server.pool('10.0.0.0/8');
    await server.made('/vrfs', { name: 'lab' });
    const [first, second, third] = await lines(3, { after: 0 });
    expect([first?.id, second?.subject, third?.subject]).toEqual(['1', 'pools/1', 'vrfs/2']);
    expect(await lines(1, { after: 2 })).toEqual([third]);
  });

  it('writes what happens meanwhile, of the types that are wanted', async () => {
    const found = await lines(1, { after: 0, types: ['pool.*'] }, async () => {
      await server.made('/vrfs', { name: 'lab' });
      await server.pool('10.0.0.0/8');
    });
    expect(found.map(({ type }) => type)).toEqual(['org.cloudpam.pool.create.v1']);
  });
});
