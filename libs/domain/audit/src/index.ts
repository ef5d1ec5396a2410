export { SYSTEM_ACTOR, type Actor, type Change, type Idempotency, type WriteLimit } from './change';
export type {
  ActorBy,
  AuditEntry,
  AuditFilter,
  AuditStore,
  Diff,
  DiffValue,
  NewAuditEntry,
} from './audit-store';
export {
  eventsOf,
  eventType,
  isEventInScope,
  isLocated,
  placeOfAccount,
  type Changed,
  type Created,
  type Deleted,
  type EventState,
  type EventType,
  type EventTypes,
  type EventWriter,
  type Facts,
  type Place,
} from './event';
export { withHandlers, type EventHandler, type EventHandlers, type Handles } from './handlers';
export { entryPages, type AuditReader } from './entry-pages';
export { ReadTrail, type TrailPage, type TrailWindow } from './read-trail';
export { isInScope, type Located, type AccessScope, type ScopePool } from './access-scope';
export { diffOf } from './diff-of';
export { redacted } from './redacted';
export { held, isFreeFor, lastHoldEnd, NO_HOLD, type Hold } from './hold';
export { isInstant, parseInstant } from './instant';
export { isStorableText, storableJson, storableText, unstorableAt } from './storable-text';
export { canonicalJson } from './canonical-json';
export {
  auditRecord,
  sealedFields,
  FIRST_HASH,
  sealHash,
  type AuditRecord,
  type Sha256,
} from './audit-record';
export type { AuditSeal, SealedEntry, SealStore, Unsealed } from './seal-store';
export {
  FollowLog,
  type FollowingStores,
  type LogFold,
  type SealedEvent,
  type Subscriber,
} from './follow-log';
export { giveUpTurn, type SubscriberState, type SubscriberStore } from './subscriber-store';
export { SealAudit, type SealingStores } from './seal-audit';
export { proofOf, type Hmac } from './entry-proof';
export { VerifyAudit, type Verification } from './verify-audit';
export { StorageUnavailable, unlessUnavailable, type Unavailability } from './storage-unavailable';
export type { AnswerClaim, AnswerStore, Claimed } from './answer-store';
export type { AuditStores, WriteStores } from './audit-stores';
export {
  ANY_MOMENT,
  AnsweredBefore,
  KeyReused,
  write,
  type Reader,
  type Batch,
  type ReadOptions,
  type RunOptions,
  type Served,
  type Since,
  type UnitOfWork,
} from './unit-of-work';
export { writeTogether, type Asked, type SharedWrite } from './write-together';
