import { searchKind } from './search-text';

it.each([
  ['  ', 'empty'],
  ['10.1.2.3', 'ip'],
  ['2001:db8::1', 'ip'],
  ['10.0.0.0/8', 'cidr'],
  ['2001:db8::/32', 'cidr'],
  ['10.0.0.4 - 10.0.0.9', 'range'],
  ['vpc-0a1b2c3d4e5f', 'cloud_id'],
  ['projects/acme/global/networks/default', 'cloud_id'],
  ['env:prod', 'tag'],
  ['payments prod', 'text'],
  ['10.0.1.0/16', 'cidr'],
  ['10.200', 'cidr'],
  ['10.200.2.0 255.255.255.0', 'cidr'],
  ['2001:db8:abcd', 'cidr'],
  ['[2001:db8::1]', 'ip'],
  ['10.1.2.3.', 'ip'],
  ['env=prod', 'tag'],
])('sees %j as %s', (text, kind) => {
  expect(searchKind(text)).toBe(kind);
});
