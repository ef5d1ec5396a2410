import type { AuditStore, NewAuditEntry } from './audit-store';
import type { UnitOfWork } from './unit-of-work';

/**
 * Does what must follow from events of one type in the unit of work that tells them, over all its
 * stores: right after they are told, and before the work goes on.
 */
export type EventHandler<S> = (stores: S, events: readonly NewAuditEntry[]) => Promise<void>;

/** Handlers by the type of the events. */
export type EventHandlers<S> = { readonly [type: string]: EventHandler<S> };

/**
 * Mark of a unit of work in which events of these types have what follows from them. A use case that
 * tells such events asks for it, so that it cannot be put together without the handlers.
 */
export interface Handles<Types extends string> {
  readonly handlers: { readonly [type in Types]: readonly EventHandler<unknown>[] };
}

/**
 * Registers what must follow from events, for every `write` over the unit of work: how one domain
 * takes part in the changes of another one below it. Several domains may register for one type.
 */
export function withHandlers<S, const H extends EventHandlers<S>, Known extends string = never>(
  unitOfWork: UnitOfWork<S> & Partial<Handles<Known>>,
  added: H,
): UnitOfWork<S> & Handles<Known | (keyof H & string)> {
  const handlers: Record<string, readonly EventHandler<unknown>[]> = { ...unitOfWork.handlers };
  for (const [type, handle] of Object.entries(added)) {
    const before = Object.hasOwn(handlers, type) ? handlers[type] : [];
    handlers[type] = [...(before ?? []), (stores, events) => handle(stores as S, events)]; // those of this unit of work
  }
  return {
    run: (work, options) => unitOfWork.run(work, options),
    read: (work, options) => unitOfWork.read(work, options),
    handlers: handlers as Handles<Known | (keyof H & string)>['handlers'], // those known, and those added
  };
}

/** The stores with a log that has what follows from its events done. */
export function handling<S extends { readonly audit: AuditStore }>(
  stores: S,
  handlers: Partial<Handles<string>>['handlers'],
): S {
  if (!handlers) return stores;
  const audit: AuditStore = {
    append: async (events) => {
      await stores.audit.append(events);
      for (const [type, registered] of Object.entries(handlers)) {
        const told = events.filter((event) => event.type === type);
        for (const handle of told.length > 0 ? registered : []) await handle(handled, told);
      }
    },
    list: (...query) => stores.audit.list(...query),
    scan: (...query) => stores.audit.scan(...query),
  };
  const handled = { ...stores, audit };
  return handled;
}
