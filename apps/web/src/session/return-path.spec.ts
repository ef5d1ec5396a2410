import { returnPath } from './return-path';

it.each([
  ['/pools/7?tab=blocks', '/pools/7?tab=blocks'],
  [null, '/'],
  ['', '/'],
  ['https://evil.example', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['/login?return=/login', '/'],
])('returns from login %j to %s', (text, path) => {
  expect(returnPath(text)).toBe(path);
});
