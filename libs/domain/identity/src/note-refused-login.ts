import { type Change } from '@cloudpam/audit';
import type { LoginFacts } from './access-error';
import { identityEvent } from './identity-events';
import type { IdentityUnitOfWork } from './identity-stores';

/** Whoever came without being known. */
const NOBODY = { type: 'user', id: 'unknown', name: 'unknown' } as const;

/** Tells the audit trail of a login that was refused before anybody knew whose it is. */
export class NoteRefusedLogin {
  constructor(private readonly unitOfWork: IdentityUnitOfWork) {}

  execute(change: Omit<Change, 'actor'>, facts: LoginFacts, person?: string): Promise<void> {
    const actor =
      person === undefined ? NOBODY : { ...NOBODY, name: person.slice(0, 200).toWellFormed() };
    return this.unitOfWork.run((stores) =>
      stores.audit.append([
        identityEvent({ ...change, actor }, 'user.log_in_refused', actor.id, {
          before: null,
          after: facts,
        }),
      ]),
    );
  }
}
