import { addressOwner } from './address-owner';

describe('addressOwner', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.1'],
  ])('counts %s as %s', (ip, owner) => {
    expect(addressOwner(ip)).toBe(owner);
  });
});
