import { zonePlacement } from './zone-placement';

describe('zonePlacement', () => {
  it.each([
    ['use1-az4', 'region'],
    ['usgw1-az1', 'region'],
    ['cnn1-az2', 'region'],
    ['usw2-lax1-az1', 'local_zone'],
    ['use1-atl2-az1', 'local_zone'],
    ['use1-wl1-bos-wlz1', 'wavelength_zone'],
    ['euc1-wl1-ber1-az1', 'wavelength_zone'],
    ['europe-west1-b', 'region'],
    ['', 'region'],
  ] as const)('places %s in a %s', (zoneId, placement) => {
    expect(zonePlacement(zoneId)).toBe(placement);
  });

  it('places what has no zone in the region', () => {
    expect(zonePlacement(null)).toBe('region');
  });

  it('places an outpost by its own id, whatever zone it hangs on', () => {
    expect(zonePlacement('usw2-az1', 'op-0a1b2c3d4e5f60718')).toBe('outpost');
    expect(zonePlacement(null, 'op-0a1b2c3d4e5f60718')).toBe('outpost');
  });
});
