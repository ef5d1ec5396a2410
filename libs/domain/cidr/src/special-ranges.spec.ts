import { POOL_PREFIX_LIMITS, formatCidr, parseCidr, refusedRange } from './index';
import { IPV4_SPACE } from './address';
import { blockAround } from './cidr';

describe('refusedRange', () => {
  it.each([
    ['0.0.0.0/8', '0.0.0.0/8'],
    ['0.1.0.0/16', '0.0.0.0/8'],
    ['0.0.0.0/0', '0.0.0.0/8'],
    ['127.0.0.1/32', '127.0.0.0/8'],
    ['126.0.0.0/7', '127.0.0.0/8'],
    ['169.254.169.254/32', '169.254.0.0/16'],
    ['169.0.0.0/8', '169.254.0.0/16'],
    ['224.0.0.0/24', '224.0.0.0/4'],
    ['255.255.255.255/32', '255.255.255.255/32'],
    ['::/1', '::/128'],
    ['8000::/1', 'fe80::/10'],
    ['::/128', '::/128'],
    ['::/64', '::/128'],
    ['::1/128', '::1/128'],
    ['fe80::/64', 'fe80::/10'],
    ['febf::/16', 'fe80::/10'],
    ['ff02::/16', 'ff00::/8'],
    ['::fffe:0:0/95', '::ffff:0:0/96'],
  ])('%s is refused for %s', (text, range) => {
    expect(refusedRange(parseCidr(text))?.range).toBe(range);
    expect(refusedRange(parseCidr(text))?.reason).not.toBe('');
  });

  it.each([
    '1.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '126.0.0.0/8',
    '128.0.0.0/8',
    '169.253.0.0/16',
    '172.16.0.0/12',
    '192.168.0.0/16',
    '223.255.255.0/24',
    '::2/128',
    '64:ff9b::/96',
    '2001:db8::/32',
    '240.0.0.0/4',
    '255.255.255.0/24',
    'fd00::/8',
    '2000::/3',
    'fc00::/7',
    'fec0::/10',
  ])('%s may be a pool', (text) => {
    expect(refusedRange(parseCidr(text))).toBeUndefined();
  });

  it('refuses IPv4-mapped space even in a block that was not read from text', () => {
    const mapped = blockAround(6, IPV4_SPACE, 104);
    expect(formatCidr(mapped)).toBe('::ffff:0:0/104');
    expect(refusedRange(mapped)?.range).toBe('::ffff:0:0/96');
  });
});

describe('POOL_PREFIX_LIMITS', () => {
  it('allow /4 to /32 for IPv4 and /1 to /128 for IPv6', () => {
    expect(POOL_PREFIX_LIMITS).toEqual({ 4: { min: 4, max: 32 }, 6: { min: 1, max: 128 } });
  });
});
