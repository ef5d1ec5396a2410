import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { FollowLog, type SealedEvent, type Subscriber } from '@cloudpam/audit';
import type { Storage } from '../../storage/storage';
import { forwardedText } from './forwarded-text';
import { sendTo, SEND_TIMEOUT_MS } from './forward-sink';
import {
  readForwardTarget,
  type ForwardFormat,
  type ForwardTarget,
} from '../../config/forward-target';

/** A subscriber of the log for each target: it sends the events on in the order of the chain. */
class ForwardSubscriber implements Subscriber {
  readonly name: string;
  /** Longer than a batch can take. */
  readonly leaseMs = 2 * SEND_TIMEOUT_MS;
  private readonly target: ForwardTarget;

  /** @param to as AUDIT_FORWARD has it. @throws Error for what is no target */
  constructor(
    to: string,
    private readonly format: ForwardFormat,
  ) {
    const target = readForwardTarget(to);
    if (!target) throw new Error(`${to} is nothing that the audit log can be forwarded to`);
    this.target = target;
    this.name = forwardName(to);
  }

  /** @throws when the target does not take them */
  async handle(events: readonly SealedEvent[]): Promise<number> {
    const { format, target } = this;
    await sendTo(
      target,
      events.map(({ seal, entry }) => forwardedText(format, target.kind, hostname(), seal, entry)),
    );
    return events.length;
  }
}

/** Under which the position of a target is kept. */
export function forwardName(to: string): string {
  return `forward ${to}`;
}

/** Has a target follow the log. @throws Error for what is no target */
export function forwardAudit(
  unitOfWork: Storage['unitOfWork'],
  to: string,
  format: ForwardFormat,
): FollowLog {
  return new FollowLog(
    unitOfWork,
    new ForwardSubscriber(to, format),
    randomUUID(),
    () => new Date(),
  );
}
