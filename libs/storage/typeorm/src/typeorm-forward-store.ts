import type { ForwardState, ForwardStore } from '@cloudpam/audit';
import type { Session } from './session';
import { sql } from './sql';
import { optionalTimeOf } from './values';

interface ForwardRow {
  seq: number;
  holder: string | null;
  lease_until: Date | number | null;
}

/** Positions of forwarding in table `audit_forward`. */
export class TypeOrmForwardStore implements ForwardStore {
  constructor(private readonly session: Session) {}

  async get(target: string): Promise<ForwardState | undefined> {
    const [row] = await this.session.rows<ForwardRow>(
      sql`select seq, holder, lease_until from audit_forward where target = ${target}`,
    );
    return row && { seq: row.seq, holder: row.holder, leaseUntil: optionalTimeOf(row.lease_until) };
  }

  async take(
    target: string,
    holder: string,
    at: Date,
    until: Date,
  ): Promise<ForwardState | undefined> {
    await this.session.change(
      sql`insert into audit_forward (target, seq, holder, lease_until)
        values (${target}, 0, null, null) on conflict (target) do nothing`,
    );
    const taken = await this.session
      .change(sql`update audit_forward set holder = ${holder}, lease_until = ${until}
      where target = ${target} and (holder is null or holder = ${holder} or lease_until <= ${at})`);
    return taken === 0 ? undefined : this.get(target);
  }

  async advance(target: string, holder: string, seq: number): Promise<boolean> {
    return (
      (await this.session
        .change(sql`update audit_forward set seq = ${seq}, holder = null, lease_until = null
      where target = ${target} and holder = ${holder}`)) > 0
    );
  }
}
