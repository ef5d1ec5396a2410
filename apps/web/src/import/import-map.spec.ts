import { isTag, withTags } from './import-map';

const everyUnknown = ['owner', 'rack', 'ticket'];

describe('columns that become tags', () => {
  it('stay tags in other tables when those of one table are taken away', () => {
    const map = withTags({ tags: ['owner', 'ticket'] }, everyUnknown, ['owner', 'rack'], false);
    expect(map).toEqual({ tags: ['ticket'] });
  });

  it('are named, those of all tables, once one of all is none', () => {
    const map = withTags({ tags: 'all' }, everyUnknown, ['rack'], false);
    expect(everyUnknown.filter((column) => isTag(map, column))).toEqual(['owner', 'ticket']);
  });

  it('are named once each', () => {
    const map = withTags({ tags: ['owner'] }, everyUnknown, ['owner', 'rack'], true);
    expect(map).toEqual({ tags: ['owner', 'rack'] });
  });
});
