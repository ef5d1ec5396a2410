import { isUnattended } from './attention';

it('is unattended two minutes after a person last did something', () => {
  const now = performance.now();
  expect([isUnattended(now), isUnattended(now + 119_000), isUnattended(now + 121_000)]).toEqual([
    false,
    false,
    true,
  ]);
});
