import { parseCidr } from '@cloudpam/cidr';
import { formatHost } from './address-record';
import { checkAddressFields, checkHost, dnsNameOf, forbiddenIn, macOf } from './address-rules';

const forbidden = (cidr: string, more: Partial<Parameters<typeof forbiddenIn>[0]> = {}): string[] =>
  forbiddenIn({ cidr: parseCidr(cidr), kind: 'subnet', provider: null, ...more }).map(
    (each) => `${formatHost(each.cidr)} ${each.reason}`,
  );
const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'none';
};

describe('the addresses of a pool that nobody gets', () => {
  it('are network and broadcast of IPv4, but for a /31 and a /32', () => {
    expect(forbidden('10.0.0.0/24')).toEqual(['10.0.0.0 network', '10.0.0.255 broadcast']);
    expect(forbidden('10.0.0.0/30')).toEqual(['10.0.0.0 network', '10.0.0.3 broadcast']);
    expect([forbidden('10.0.0.0/31'), forbidden('10.0.0.0/32')]).toEqual([[], []]);
  });

  it('are the subnet-router anycast address of IPv6, but for a /127 and a /128', () => {
    expect(forbidden('2001:db8::/64')).toEqual(['2001:db8:: router_anycast']);
    expect([forbidden('2001:db8::/127'), forbidden('2001:db8::/128')]).toEqual([[], []]);
  });

  it('are what the cloud keeps of a subnet', () => {
    expect(forbidden('10.0.0.0/28', { provider: 'aws' })).toEqual([
      '10.0.0.0 network',
      '10.0.0.1 cloud',
      '10.0.0.2 cloud',
      '10.0.0.3 cloud',
      '10.0.0.15 broadcast',
    ]);
    expect(forbidden('10.0.0.0/28', { provider: 'gcp' })).toEqual([
      '10.0.0.0 network',
      '10.0.0.1 cloud',
      '10.0.0.14 cloud',
      '10.0.0.15 broadcast',
    ]);
    expect(forbidden('10.0.0.0/28', { provider: 'gcp', kind: 'secondary_range' })).toEqual([]);
    expect(forbidden('10.0.0.0/31', { provider: 'aws' })).toEqual([
      '10.0.0.0 cloud',
      '10.0.0.1 cloud',
    ]);
  });
});

describe('what is set of an address', () => {
  it('is a DNS name of RFC 1123, kept in lower case without its trailing dot', () => {
    expect(dnsNameOf('DB-1.Example.COM.')).toBe('db-1.example.com');
    expect(dnsNameOf('')).toBeNull();
    const check = (dnsName: string): string => refusal(() => checkAddressFields({ dnsName }));
    const fine = ['a', '1.2', '*.example.com', '_sip.example.com', `${'a'.repeat(63)}.b`];
    expect(fine.map(check)).toEqual(fine.map(() => 'none'));
    const wrong = [
      ...[
        'a..b',
        '.a',
        '-a.b',
        'a-.b',
        'a b',
        'a.*',
        '1.2.3.4',
        'ä.example',
        `${'a'.repeat(64)}.b`,
      ],
      Array<string>(130).fill('a').join('.'),
    ];
    expect(wrong.map(check)).toEqual(wrong.map(() => 'invalid_field'));
  });

  it('is a MAC address, kept in one form', () => {
    for (const text of ['02:00:5E:00:53:01', '02-00-5e-00-53-01', '0200.5e00.5301', '02005e005301'])
      expect(macOf(text)).toBe('02:00:5e:00:53:01');
    expect(macOf('')).toBeNull();
    for (const text of ['02:00:5e', '0.0.1-1:2:2334455', '02:00-5e:00:53:01', '0200:5e00:5301'])
      expect(refusal(() => checkAddressFields({ mac: macOf(text) }))).toBe('invalid_field');
  });

  it('is no address that nobody can have', () => {
    for (const text of [
      '0.0.0.0/32',
      '127.0.0.1/32',
      '224.0.0.1/32',
      '255.255.255.255/32',
      '::1/128',
    ])
      expect([text, refusal(() => checkHost(parseCidr(text)))]).toEqual([text, 'refused_range']);
    expect(refusal(() => checkHost(parseCidr('10.0.0.1/32')))).toBe('none');
  });
});
