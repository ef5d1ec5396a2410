import { readableText } from './readable-text';

it('cuts the links of Google Cloud to project and name', () => {
  expect(
    readableText(
      'overlaps 10.128.0.0/20 of https://www.googleapis.com/compute/v1/projects/shop-1/regions/' +
        'us-east1/subnetworks/web of network projects/shop-1/global/networks/default',
    ),
  ).toBe('overlaps 10.128.0.0/20 of shop-1/web of network shop-1/default');
});

it('tells moments to the minute', () => {
  expect(readableText('not seen since 2030-01-02T03:04:05.678Z, though')).toBe(
    'not seen since 2030-01-02 03:04 UTC, though',
  );
});

it('leaves other texts as they are', () => {
  const text = 'overlaps pool 7, 172.31.0.0/16 (default) of network vpc-0a1b';
  expect(readableText(text)).toBe(text);
});
