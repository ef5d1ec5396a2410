import { withShortLinks } from './cloud-links';

it('cuts the links of Google Cloud to project and name', () => {
  expect(withShortLinks('overlaps 10.128.0.0/20 of https://www.googleapis.com/compute/v1/projects/shop-1/regions/us-east1/subnetworks/web of network projects/shop-1/global/networks/default')).toBe(
    'overlaps 10.128.0.0/20 of shop-1/web of network shop-1/default',
  );
});

it('leaves other texts as they are', () => {
  const text = 'overlaps pool 7, 172.31.0.0/16 (default) of network vpc-0a1b';
  expect(withShortLinks(text)).toBe(text);
});
