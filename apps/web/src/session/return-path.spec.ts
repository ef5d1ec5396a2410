import { returnPath } from './return-path';

it.each([
  ['/pools/7?tab=blocks', '/pools/7?tab=blocks'],
  [null, '/pools'],
  ['', '/pools'],
  ['https://evil.example', '/pools'],
  ['//evil.example', '/pools'],
  ['/\\evil.example', '/pools'],
  ['/login?return=/login', '/pools'],
])('returns from login %j to %s', (text, path) => {
  expect(returnPath(text)).toBe(path);
});
