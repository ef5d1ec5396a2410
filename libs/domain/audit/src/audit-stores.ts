import type { AnswerStore } from './answer-store';
import type { AuditStore } from './audit-store';
import type { SubscriberStore } from './subscriber-store';
import type { SealStore } from './seal-store';

/** What every write asks of a storage: the log, and the answers under idempotency keys. */
export interface WriteStores {
  readonly answers: AnswerStore;
  readonly audit: AuditStore;
}

/** What the audit log asks of a storage. */
export interface AuditStores extends WriteStores {
  readonly seals: SealStore;
  readonly subscribers: SubscriberStore;
}
