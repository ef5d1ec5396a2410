import { createHmac, randomBytes } from 'node:crypto';
import { proofOf, type AuditStore, type Hmac } from '@cloudpam/audit';
import type { BareStorage, Stores } from './storage';

/** HMAC-SHA-256 with a key. */
export function hmacWith(key: string): Hmac {
  return (text) => createHmac('sha256', key).update(text, 'utf8').digest('hex');
}

/** The storage, with a proof in every entry that it writes to the audit log. */
export function provingStorage(storage: BareStorage, key: string): BareStorage {
  const hmac = hmacWith(key);
  const proving = (stores: Stores): Stores => {
    const { audit } = stores;
    const proved: AuditStore = {
      append: (entries) =>
        audit.append(
          entries.map((each) => ({
            ...each,
            proof: proofOf(hmac, randomBytes(16).toString('hex'), each),
          })),
        ),
      list: (...query) => audit.list(...query),
      scan: (...query) => audit.scan(...query),
    };
    return { ...stores, audit: proved };
  };
  const { unitOfWork } = storage;
  return {
    unitOfWork: {
      read: (work, options) => unitOfWork.read(work, options),
      run: (work, { batch, ...options } = {}) =>
        unitOfWork.run((stores) => work(proving(stores)), {
          ...options,
          ...(batch && {
            batch: { ...batch, serve: (stores, calls) => batch.serve(proving(stores), calls) },
          }),
        }),
    },
    replicas: storage.replicas,
    ping: () => storage.ping(),
    close: () => storage.close(),
  };
}
