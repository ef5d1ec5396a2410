import { CLOUDS, scopeRegion } from './index';

describe('clouds', () => {
  it('keep addresses of the primary range of a subnet alone', () => {
    expect(CLOUDS.aws.reservedAt('subnet', 6)).toEqual({ first: 4n, last: 1n });
    expect(CLOUDS.gcp.reservedAt('subnet', 4)).toEqual({ first: 2n, last: 2n });
    expect(CLOUDS.gcp.reservedAt('subnet', 6)).toEqual({ first: 0n, last: 0n });
    for (const cloud of Object.values(CLOUDS))
      expect(cloud.reservedAt('secondary_range', 4)).toEqual({ first: 0n, last: 0n });
  });

  it('have scopes of one region, or one of all where networks span them', () => {
    expect(scopeRegion('aws', 'eu-west-1')).toBe('eu-west-1');
    expect(scopeRegion('gcp', 'europe-west1')).toBe('global');
  });
});
