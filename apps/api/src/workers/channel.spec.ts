import { Channel, type Answerers } from './channel';

/** Two ends that send each other what a pipe between processes lets through. */
function joined(answerers: Answerers): [Channel, Channel] {
  const over = (to: () => Channel) => (message: object) =>
    to().take(JSON.parse(JSON.stringify(message)) as object);
  const near: Channel = new Channel(
    over(() => far),
    {},
  );
  const far: Channel = new Channel(
    over(() => near),
    answerers,
  );
  return [near, far];
}

describe('Channel', () => {
  it('gives each question its own answer, whatever order they come in', async () => {
    const open: (() => void)[] = [];
    const [near] = joined({
      rate: (address) =>
        new Promise((resolve) => open.push(() => resolve({ current: address.length, ttl: 1 }))),
    });
    const asked = ['a', 'bb', 'ccc'].map((address) => near.ask('rate', address));
    for (const answer of open.reverse()) answer();
    expect((await Promise.all(asked)).map(({ current }) => current)).toEqual([1, 2, 3]);
  });

  it('rejects what cannot be answered, and what is open when the other end has ended', async () => {
    const [near] = joined({
      rate: () => Promise.reject(new Error('no idea')),
      metrics: () => new Promise<never>(() => undefined),
    });
    await expect(near.ask('rate', 'a')).rejects.toThrow('no idea');
    const open = near.ask('metrics', null);
    near.end();
    await expect(open).rejects.toThrow('ended');
  });

  it('leaves messages of other kinds alone', () => {
    const [near] = joined({});
    expect(() => near.take({ word: 'ready' })).not.toThrow();
  });
});
