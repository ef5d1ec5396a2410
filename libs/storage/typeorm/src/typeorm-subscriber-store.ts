import type { SubscriberState, SubscriberStore } from '@cloudpam/audit';
import { freeFor } from './free-for';
import type { Session } from './session';
import { sql } from './sql';
import { optionalTimeOf } from './values';

interface SubscriberRow {
  seq: number;
  holder: string | null;
  lease_until: Date | number | null;
}

/** Positions of subscribers in table `subscriber`. */
export class TypeOrmSubscriberStore implements SubscriberStore {
  constructor(private readonly session: Session) {}

  async get(name: string): Promise<SubscriberState | undefined> {
    const [row] = await this.session.rows<SubscriberRow>(
      sql`select seq, holder, lease_until from subscriber where name = ${name}`,
    );
    return row && { seq: row.seq, holder: row.holder, leaseUntil: optionalTimeOf(row.lease_until) };
  }

  async take(
    name: string,
    holder: string,
    at: Date,
    until: Date,
  ): Promise<SubscriberState | undefined> {
    await this.session.change(
      sql`insert into subscriber (name, seq) values (${name}, 0) on conflict (name) do nothing`,
    );
    const taken = await this.session
      .change(sql`update subscriber set holder = ${holder}, lease_until = ${until}
      where name = ${name} and ${freeFor(holder, at)}`);
    return taken === 0 ? undefined : this.get(name);
  }

  async advance(name: string, holder: string, seq: number): Promise<boolean> {
    return (
      (await this.session
        .change(sql`update subscriber set seq = ${seq}, holder = null, lease_until = null
      where name = ${name} and holder = ${holder}`)) > 0
    );
  }
}
