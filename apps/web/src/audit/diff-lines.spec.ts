import { diffLines, diffSummary } from './diff-lines';

describe('diffLines', () => {
  it('names only what changed, nested fields by path', () => {
    const before = { name: 'a', tags: { env: 'dev', team: 'x' }, vlan_id: null };
    const after = { name: 'a', tags: { env: 'prod', team: 'x' }, vlan_id: 7 };
    expect(diffLines(before, after)).toEqual([
      { field: 'tags.env', before: 'dev', after: 'prod' },
      { field: 'vlan_id', before: 'null', after: '7' },
    ]);
  });

  it('shows a creation as fields that were not there', () => {
    expect(diffLines(null, { cidr: '10.0.0.0/8' })).toEqual([
      { field: 'cidr', before: undefined, after: '10.0.0.0/8' },
    ]);
  });
});

describe('diffSummary', () => {
  it('tells the first change and how many more', () => {
    expect(diffSummary(diffLines({ cidr: 'a', name: 'b' }, { cidr: 'c', name: 'd' }))).toBe(
      'cidr a → c, +1 more',
    );
  });

  it('names what was created or deleted', () => {
    expect(diffSummary(diffLines(null, { name: 'web', cidr: '10.0.0.0/24' }))).toBe(
      '10.0.0.0/24 · web',
    );
    expect(diffSummary(diffLines({ name: 'web' }, null))).toBe('web');
  });
});
