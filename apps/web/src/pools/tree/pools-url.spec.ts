import { filterCount, isFlat, poolFilters, poolQuery } from './pools-url';

const filters = (search: string) => {
  const params = new URLSearchParams(search);
  return poolFilters({
    text: (name) => params.get(name) ?? '',
    texts: (name) => params.getAll(name),
  });
};

describe('the pools page URL', () => {
  it('asks for the roots of the VRF when nothing is filtered', () => {
    expect(poolQuery(filters('vrf=2&open=1.2'))).toEqual({
      vrf_id: '2',
      parent_id: 'null',
      sort: 'cidr',
    });
    expect(isFlat(filters('vrf=2'))).toBe(false);
  });

  it('asks for a flat list when something is filtered', () => {
    expect(poolQuery(filters('vlan=4'))).toMatchObject({ vlan_id: '4' });
    const set = filters('kind=subnet&tag=env:prod&tag=team:a');
    expect(filterCount(set)).toBe(3);
    expect(poolQuery(set)).toMatchObject({
      kind: 'subnet',
      tag: ['env:prod', 'team:a'],
      sort: 'cidr',
    });
    expect(poolQuery(set)).not.toHaveProperty('parent_id');
  });

  it('asks for a flat list when the order is not by address', () => {
    expect(isFlat(filters('sort=-created_at'))).toBe(true);
  });
});
