import { Gauge } from 'prom-client';
import { forwardName } from '../audit/forward/forward-audit';
import type { Config } from '../config/config';
import type { Storage } from '../storage/storage';
import { ESTATE } from './observe-discovery';

/** How far sealing and forwarding of the audit log are, and what guards it. Read when it is scraped. */
export function observeAudit(
  { unitOfWork }: Pick<Storage, 'unitOfWork'>,
  { auditForward }: Pick<Config, 'auditForward'>,
): void {
  const registers = [ESTATE];
  const unsealed = new Gauge({
    name: 'cloudpam_audit_unsealed_seconds',
    help: 'Age of the oldest entry of the audit log that waits to be sealed; 0 where none does',
    registers,
    collect: () =>
      unitOfWork.read(async ({ seals }) => {
        const [oldest] = await seals.waiting(1);
        unsealed.set(oldest ? Math.max(0, new Date().getTime() - oldest.at.getTime()) / 1_000 : 0);
      }),
  });
  const missing = new Gauge({
    name: 'cloudpam_audit_guards_missing',
    help: 'Triggers that keep the audit log append-only and are gone or switched off',
    registers,
    collect: () =>
      unitOfWork.read(async ({ seals }) => {
        missing.set((await seals.missingGuards()).length);
      }),
  });
  if (auditForward === undefined) return;
  const behind = new Gauge({
    name: 'cloudpam_audit_forward_behind',
    help: 'Sealed entries of the audit log that were not forwarded yet',
    registers,
    collect: () =>
      unitOfWork.read(async ({ seals, subscribers }) => {
        const [head, state] = [
          await seals.head(),
          await subscribers.get(forwardName(auditForward)),
        ];
        behind.set((head?.seq ?? 0) - (state?.seq ?? 0));
      }),
  });
}
