import type { Option } from '../config/option';

/** A region's name, as `us-gov-west-1`. */
export const REGION = { pattern: /^[a-z]{2,}(-[a-z]+)+-\d+$/, called: 'a region name' };

/** `--regions`, which both readers of AWS take. */
export const REGIONS = {
  kind: 'list',
  value: 'a,b',
  item: REGION,
  help: 'these regions; default all that are enabled, or saved',
} as const satisfies Option;
