import { returnPath } from './return-path';

describe('return_to', () => {
  it.each([
    '/',
    '/pools/7?tab=blocks&q=a%20b',
    '/search?q=10.0.0.0/8',
    '/a//b',
    '/pools?q=a\\b',
    '/audit?since=2026-01-01T00:00:00%2B02:00#row-7',
    '/#top',
  ])('may be %s', (path) => {
    expect(returnPath(path)).toBe(path);
  });

  it('is / when it is not given', () => {
    expect(returnPath(undefined)).toBe('/');
  });

  it.each([
    'https://evil.example',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    'javascript:alert(1)',
    'evil.example',
    '/\u0000',
    '/pools\r\nset-cookie: a=b',
    ' //evil.example',
    '/ü',
    `/${'a'.repeat(4_000)}`,
    '/a\\b?q=1',
    '/a#\u0000',
  ])('is not %j', (path) => {
    expect(() => returnPath(path)).toThrow('return_to must be a path of this server');
  });
});
