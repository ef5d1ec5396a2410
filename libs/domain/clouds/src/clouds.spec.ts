import { CLOUDS, scopeRegion } from './index';

describe('clouds', () => {
  it('keep addresses of the primary range of a subnet alone', () => {
    expect(CLOUDS.aws.reservedAddresses('subnet', 6)).toBe(5n);
    expect(CLOUDS.gcp.reservedAddresses('subnet', 4)).toBe(4n);
    expect(CLOUDS.gcp.reservedAddresses('subnet', 6)).toBe(0n);
    for (const cloud of Object.values(CLOUDS))
      expect(cloud.reservedAddresses('secondary_range', 4)).toBe(0n);
  });

  it('have scopes of one region, or one of all where networks span them', () => {
    expect(scopeRegion('aws', 'eu-west-1')).toBe('eu-west-1');
    expect(scopeRegion('gcp', 'europe-west1')).toBe('global');
  });
});
