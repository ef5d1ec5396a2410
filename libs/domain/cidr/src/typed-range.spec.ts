import { CidrError } from './cidr-error';
import { formatRange, readTypedRange } from './typed-range';

jest.mock('./cidr-error', () => {
  const real = jest.requireActual<typeof import('./cidr-error')>('./cidr-error');
  return { ...real, CidrError: jest.fn((...args) => Reflect.construct(real.CidrError, args)) };
});

describe('readTypedRange', () => {
  // An error takes longer to make than everything else here.
  afterEach(() => expect(CidrError).not.toHaveBeenCalled());

  it.each<[string, string, string, boolean]>([
    ['10.200.2.1', '10.200.2.1', 'ip', true],
    ['10.200.2.0/24', '10.200.2.0/24', 'cidr', true],
    ['10.0.0.4-10.0.0.9', '10.0.0.4-10.0.0.9', 'range', true],
    ['10.200.2.1/24', '10.200.2.0/24', 'cidr', false],
    ['10.200.2.1 / 24', '10.200.2.0/24', 'cidr', false],
    ['10.200.2.0 255.255.255.0', '10.200.2.0/24', 'cidr', false],
    ['10.200.2.0/255.255.255.0', '10.200.2.0/24', 'cidr', false],
    ['10.200.2.0 0.0.0.255', '10.200.2.0/24', 'cidr', false],
    ['10.200', '10.200.0.0/16', 'cidr', false],
    ['10.200.', '10.200.0.0/16', 'cidr', false],
    ['10.', '10.0.0.0/8', 'cidr', false],
    ['10.200.*', '10.200.0.0/16', 'cidr', false],
    ['10.200.x.x', '10.200.0.0/16', 'cidr', false],
    ['10/8', '10.0.0.0/8', 'cidr', false],
    ['10.200/16', '10.200.0.0/16', 'cidr', false],
    ['2001:db8:abcd', '2001:db8:abcd::/48', 'cidr', false],
    ['2001:DB8:', '2001:db8::/32', 'cidr', false],
    ['2001:db8::1/64', '2001:db8::/64', 'cidr', false],
    ['[2001:db8::1]', '2001:db8::1', 'ip', false],
    ['[2001:db8::1]:443', '2001:db8::1', 'ip', false],
    ['10.0.0.1:8080', '10.0.0.1', 'ip', false],
    ['fe80::1%eth0', 'fe80::1', 'ip', false],
    ['::ffff:10.0.0.1', '10.0.0.1', 'ip', false],
    ['10.0.0.4 – 10.0.0.9', '10.0.0.4-10.0.0.9', 'range', false],
    ['10.0.0.4 to 10.0.0.9', '10.0.0.4-10.0.0.9', 'range', false],
    ['10.0.0.4-9', '10.0.0.4-10.0.0.9', 'range', false],
    ['10.0.0.255-10.0.0.0', '10.0.0.0/24', 'range', false],
  ])('reads %s as %s', (text, range, form, literal) => {
    const read = readTypedRange(text);
    expect(read && [formatRange(read.range), read.form, read.literal]).toEqual([
      range,
      form,
      literal,
    ]);
  });

  it.each([
    '',
    '10',
    '2001',
    'corp',
    'env:prod',
    '10.300',
    '1.2.3.4.5',
    '010.1',
    '10.0.0.0 255.0.255.0',
    '10.0.0.1/33',
    'a:b',
    '00:1a:2b:3c:4d:5e',
    'web-10',
    '10.0.0.1-::1',
    `${'1'.repeat(200)}.`,
  ])('takes %s for no addresses', (text) => {
    expect(readTypedRange(text)).toBeUndefined();
  });
});
