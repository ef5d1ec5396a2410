import { Gauge } from 'prom-client';
import { forwardName } from '../audit/forward/forward-audit';
import { platformsOf } from '../audit/sinks/platforms';
import type { Config } from '../config/config';
import type { Storage } from '../storage/storage';
import { ESTATE } from './observe-discovery';

/** How far sealing and forwarding of the audit log are, and what guards it. Read when it is scraped. */
export function observeAudit(
  { unitOfWork }: Pick<Storage, 'unitOfWork'>,
  { auditForward, sinks }: Pick<Config, 'auditForward' | 'sinks'>,
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
  const platforms = platformsOf(sinks);
  const unsent = new Gauge({
    name: 'cloudpam_sink_behind',
    help: 'Sealed events of the log that a platform has not got yet',
    labelNames: ['sink'],
    registers,
    collect: () =>
      unitOfWork.read(async ({ seals, subscribers }) => {
        const head = (await seals.head())?.seq ?? 0;
        for (const { kind, name } of platforms)
          unsent.set({ sink: kind }, head - ((await subscribers.get(name))?.seq ?? 0));
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
