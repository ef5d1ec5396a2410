import { GivenOptions } from '../config/given-options';
import { PROVIDERS } from './index';
import { provider } from './provider';

describe('a provider', () => {
  it('reads the options that it declares, by their kinds, and no others', async () => {
    const read = provider({
      name: 'moon',
      title: 'Moon',
      source: 'by eye',
      options: {
        regions: { kind: 'list', value: 'a,b', help: 'these' },
        organization: { kind: 'flag', help: 'all' },
      },
      read: (given) => {
        // @ts-expect-error: it is not declared
        const other: unknown = given.get('parent');
        // @ts-expect-error: it is a flag
        const text: string = given.get('organization');
        return { other, text, regions: given.get('regions')?.length };
      },
      open: () => [],
    }).choose(new GivenOptions(['--regions', 'eu-west-1, us-east-1', '--organization'], {}), {});
    expect(read.settings).toEqual({ other: undefined, text: true, regions: 2 });
    await expect(read.open(1)).resolves.toEqual([]);
  });

  it('shares an option with another only when both mean the same', () => {
    const options = PROVIDERS.flatMap((each) => Object.entries(each.options));
    for (const [name, option] of options)
      for (const [other, meant] of options) if (name === other) expect(option).toBe(meant);
  });
});
