import { sameCidr, type Cidr } from '@cloudpam/cidr';
import { isInScope, type AccessScope, type Located } from './access-scope';
import type { AuditFields, Diff, DiffValue, NewAuditEntry } from './audit-store';
import type { Change } from './change';
import { redacted, redactedValue } from './redacted';

/** What an event tells of an entity, by the names of its fields on the wire. */
export type Facts = { readonly [field: string]: DiffValue };

/** The state of an event that begins an entity. */
export type Created<F> = { readonly before: null; readonly after: F };
/** The state of an event that changes an entity: the fields that differ, as they were and are. */
export type Changed<F> = { readonly before: Partial<F>; readonly after: Partial<F> };
/** The state of an event that ends an entity. */
export type Deleted<F> = { readonly before: F; readonly after: null };

/**
 * Where something is: what an access scope, a filter or a subscriber needs to know of it. A pool and
 * a discovered resource have all four, see `Located`; what belongs to an account or a VRF as a whole
 * has that alone.
 */
export interface Place {
  readonly accountId: number | null;
  readonly vrfId: number | null;
  readonly cidr: Cidr | null;
  /** Of the pool or resource: of two equal CIDRs that of the VPC is above that of its subnet. */
  readonly kind: string | null;
}

/** The place of what belongs to an account as a whole. */
export function placeOfAccount(accountId: number): Place {
  return { accountId, vrfId: null, cidr: null, kind: null };
}

/** Whether the place is that of a block of addresses in a VRF. */
export function isLocated(place: Place): place is Located {
  return place.vrfId !== null && place.cidr !== null && place.kind !== null;
}

/**
 * Whether something in the access scope has happened: to a pool or discovered resource that lay in it
 * after the event or before it, or to an account that it names.
 */
export function isEventInScope(
  accessScope: AccessScope,
  { entityType, entityId, place, formerPlace }: AuditFields,
): boolean {
  if (entityType === 'account') return accessScope.accountIds?.includes(Number(entityId)) ?? false;
  return [place, formerPlace].some(
    (each) => each !== null && isLocated(each) && isInScope(accessScope, each),
  );
}

function isSamePlace(a: Place, b: Place): boolean {
  return (
    a.accountId === b.accountId &&
    a.vrfId === b.vrfId &&
    a.kind === b.kind &&
    (a.cidr && b.cidr ? sameCidr(a.cidr, b.cidr) : a.cidr === b.cidr)
  );
}

/** What the state of an event can be: facts of an entity, and nothing where it was or is not there. */
export interface EventState {
  readonly before: object | null;
  readonly after: object | null;
}

/**
 * One type of event as its domain declares it: the version of its state, and in the types alone what
 * that state is and whether the event has a place. Another state is another version; the reader of
 * the events of a domain goes by it, so that what was written stays readable.
 */
export interface EventType<
  State extends EventState = EventState,
  P extends Place | null = Place | null,
> {
  readonly version: number;
  /** Never there: it carries the types. */
  readonly tells?: { readonly state: State; readonly place: P };
}

/** The event types of a domain by their names, `entity.verb`. */
export type EventTypes = { readonly [type: string]: EventType };

/** Declares a type of events; the types of their state and place are given, the version is counted from 1. */
export function eventType<State extends EventState, P extends Place | null = null>(
  version = 1,
): EventType<State, P> {
  return { version };
}

/** What an event of a type tells; `formerPlace` only where it was elsewhere before. */
export type EventContent<Type extends EventType> =
  Type extends EventType<infer State, infer P>
    ? State &
        ([P] extends [null] ? unknown : { readonly place: P; readonly formerPlace?: P | undefined })
    : never;

/** Makes entries of the event types of a domain, and of no others. */
export type EventWriter<Types extends EventTypes> = <Type extends keyof Types & string>(
  change: Change,
  type: Type,
  entityId: number | string,
  told: EventContent<Types[Type]>,
) => NewAuditEntry;

/**
 * What writes the events of a domain. A type that is not among them, or a state that is not the
 * declared one, does not compile. A token that stands in a text does not get into the log.
 */
export function eventsOf<const Types extends EventTypes>(types: Types): EventWriter<Types> {
  return (change, type, entityId, told) => {
    const { before, after, place = null, formerPlace = null } = told as EventFields; // what `EventContent` is made of
    const { version } = types[type] as EventType; // it is one of them
    const moved = place && formerPlace && !isSamePlace(place, formerPlace);
    const fields: AuditFields = {
      at: change.at,
      actor: change.actor,
      type,
      version,
      entityType: type.slice(0, type.indexOf('.')),
      entityId: String(entityId),
      place,
      formerPlace: moved ? formerPlace : null,
      diff: { before: before && redactedValue(before), after: after && redactedValue(after) },
      requestId: redacted(change.requestId),
      reason: change.reason === undefined ? null : redacted(change.reason),
    };
    return fields as NewAuditEntry; // made from a declared type
  };
}

type EventFields = Diff & { readonly place?: Place | null; readonly formerPlace?: Place };
