import type { EventType } from '@cloudpam/audit';
import { DIGEST_EVENTS } from '@cloudpam/digests';
import { isOfType, WEBHOOK_EVENTS } from '@cloudpam/events';
import { IDENTITY_EVENTS } from '@cloudpam/identity';
import { IMPORT_EVENTS } from '@cloudpam/import';
import { ADDRESS_EVENTS, POOL_EVENTS, RANGE_EVENTS, RECORD_EVENTS } from '@cloudpam/pools';
import { DISCOVERY_EVENTS, FINDING_EVENTS } from '@cloudpam/reconciliation';

/** Any type of event that the domains declare: `pool.create`. */
export type AnyEvent =
  | keyof typeof POOL_EVENTS
  | keyof typeof ADDRESS_EVENTS
  | keyof typeof RANGE_EVENTS
  | keyof typeof RECORD_EVENTS
  | keyof typeof DISCOVERY_EVENTS
  | keyof typeof FINDING_EVENTS
  | keyof typeof IDENTITY_EVENTS
  | keyof typeof IMPORT_EVENTS
  | keyof typeof WEBHOOK_EVENTS
  | keyof typeof DIGEST_EVENTS;

/** The types of events that each domain declares. */
export const EVENT_TABLES: readonly { readonly [Type in AnyEvent]?: EventType }[] = [
  POOL_EVENTS,
  ADDRESS_EVENTS,
  RANGE_EVENTS,
  RECORD_EVENTS,
  DISCOVERY_EVENTS,
  FINDING_EVENTS,
  IDENTITY_EVENTS,
  IMPORT_EVENTS,
  WEBHOOK_EVENTS,
  DIGEST_EVENTS,
];

/** The types of all events. */
export const EVENT_TYPES: readonly string[] = EVENT_TABLES.flatMap((table) => Object.keys(table));

/** Whether any event has a wanted type, `pool.create`, or begins as it does, `pool.*`. */
export function isWantedOfAny(wanted: string): boolean {
  return EVENT_TYPES.some((type) => isOfType(wanted, type));
}
