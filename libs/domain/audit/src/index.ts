export { SYSTEM_ACTOR, type Actor, type Change, type Once } from './change';
export {
  auditEntry, type AuditEntry, type AuditFilter, type AuditStore, type Diff, type DiffValue, type NewAuditEntry,
} from './audit-store';
export { diffOf } from './diff-of';
export type { AnswerStore } from './answer-store';
export { AnsweredBefore, KeyReused, write, type RunOptions, type UnitOfWork } from './unit-of-work';
