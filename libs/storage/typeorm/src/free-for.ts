import { lastHoldEnd } from '@cloudpam/audit';
import { sql, type Sql } from './sql';

/** `isFreeFor` of a row with a holder. @param process null: nobody in particular */
export function freeFor(process: string | null, now: Date): Sql {
  return sql`(holder is null or holder = ${process} or lease_until <= ${now}
    or lease_until > ${lastHoldEnd(now)})`;
}
