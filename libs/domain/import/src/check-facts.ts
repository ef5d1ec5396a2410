import {
  checkStoredText,
  DESCRIPTION_LENGTH,
  LIVE_KEY_LENGTH,
  NAME_LENGTH,
  PoolError,
  TAG_KEY_LENGTH,
} from '@cloudpam/pools';
import { wireName } from './field-changes';
import type { ImportedPool, KeptHistory } from './import-row';

/** Characters of what a cloud calls a thing. */
const CLOUD_ID_LENGTH = 512;
const TEXT_LENGTHS: Readonly<Record<string, number>> = {
  description: DESCRIPTION_LENGTH,
  key: 300,
};
const LIST = { count: 200, length: 100 } as const;
/** Seconds between two discoveries. */
const INTERVAL = { min: 60, max: 31_536_000 } as const;
/** Far more changes than a row ever has, and some left to count on. */
const MOST_VERSIONS = 1_000_000_000;

/** The texts of a pool beside its name, description and tags. @throws PoolError `invalid_field` */
export function checkPoolFacts({ set, cloud, history }: ImportedPool): void {
  checkStoredText('region', set.region, NAME_LENGTH);
  for (const key of set.rules?.requiredTags ?? []) checkStoredText('rules', key, TAG_KEY_LENGTH);
  checkStoredText('external_id', cloud?.externalId, CLOUD_ID_LENGTH);
  checkStoredText('external_vpc', cloud?.externalVpc, CLOUD_ID_LENGTH);
  checkStoredText('key', cloud?.liveKey?.key, LIVE_KEY_LENGTH);
  checkHistory(history);
}

/** The texts and numbers of a record, whatever its kind. @throws PoolError `invalid_field` */
export function checkRecordFacts(fields: object, history: KeptHistory | undefined): void {
  for (const [name, value] of Object.entries(fields) as [string, unknown][]) {
    const field = wireName(name);
    if (typeof value === 'string')
      checkStoredText(field, value, TEXT_LENGTHS[field] ?? NAME_LENGTH);
    else if (Array.isArray(value)) checkList(field, value);
    else if (typeof value === 'number' && name === 'discoveryInterval') checkInterval(field, value);
  }
  checkHistory(history);
}

function checkList(field: string, list: readonly unknown[]): void {
  if (list.length > LIST.count)
    throw new PoolError('invalid_field', `${field} has at most ${LIST.count} entries.`, { field });
  for (const each of list) checkStoredText(field, String(each), LIST.length);
}

function checkInterval(field: string, seconds: number): void {
  const { min, max } = INTERVAL;
  if (seconds < min || seconds > max)
    throw new PoolError('invalid_field', `${field} is from ${min} to ${max} seconds.`, { field });
}

/** When and how often a row says that something was written. @throws PoolError `invalid_field` */
export function checkHistory(history: KeptHistory | undefined): void {
  if (history && history.version > MOST_VERSIONS)
    throw new PoolError('invalid_field', `version is at most ${MOST_VERSIONS}.`, {
      field: 'version',
    });
}
