import { formatCidr, parseCidr } from '@cloudpam/cidr';
import {
  RESOURCE_BYTES,
  type ListedPart,
  type PartedListing,
  type PartStore,
  type SeenAddress,
} from '@cloudpam/reconciliation';
import type { Session } from './session';
import { countOf } from './simple-rows';
import { sql, type Sql } from './sql';

type Content = Pick<ListedPart, 'networks'> & {
  readonly addresses?: readonly (Omit<SeenAddress, 'cidr'> & { readonly cidr: string })[];
  readonly resources: readonly (Omit<ListedPart['resources'][number], 'cidr'> & {
    readonly cidr: string;
  })[];
};

/** Parts in table `snapshot_part`, each as JSON: nobody asks for less than all of one. */
export class TypeOrmPartStore implements PartStore {
  constructor(private readonly session: Session) {}

  async keep(
    { deliverer, runId, provider, account, region }: PartedListing,
    number: number,
    { networks, resources, addresses }: ListedPart,
    at: Date,
  ): Promise<void> {
    const content = JSON.stringify({
      networks,
      resources: resources.map((each) => ({ ...each, cidr: formatCidr(each.cidr) })),
      ...(addresses && {
        addresses: addresses.map((each) => ({ ...each, cidr: formatCidr(each.cidr) })),
      }),
    } satisfies Content);
    await this.session
      .change(sql`insert into snapshot_part (deliverer, run_id, provider, account, region,
        number, content, bytes, kept_at)
      values
        (${deliverer}, ${runId}, ${provider}, ${account}, ${region}, ${number}, ${content},
          ${Buffer.byteLength(content) + RESOURCE_BYTES * (resources.length + (addresses?.length ?? 0))}, ${at})
      on conflict (deliverer, run_id, provider, account, region, number) do update
      set content = excluded.content, bytes = excluded.bytes, kept_at = excluded.kept_at`);
  }

  async numbers(listing: PartedListing): Promise<number[]> {
    const rows = await this.session.rows<{ number: number }>(
      sql`select number from snapshot_part where ${named(listing)} order by number`,
    );
    return rows.map(({ number }) => number);
  }

  async part(listing: PartedListing, number: number): Promise<ListedPart | undefined> {
    const [row] = await this.session.rows<{ content: string }>(
      sql`select content from snapshot_part where ${named(listing)} and number = ${number}`,
    );
    if (!row) return undefined;
    const { networks, resources, addresses } = JSON.parse(row.content) as Content; // written by `keep`
    return {
      networks,
      resources: resources.map((each) => ({ ...each, cidr: parseCidr(each.cidr) })),
      ...(addresses && {
        addresses: addresses.map((each) => ({ ...each, cidr: parseCidr(each.cidr) })),
      }),
    };
  }

  bytesOf(deliverer: string): Promise<number> {
    return countOf(
      this.session,
      sql`select coalesce(sum(bytes), 0) as n from snapshot_part where deliverer = ${deliverer}`,
    );
  }

  async drop(listing: PartedListing, othersBefore: Date): Promise<void> {
    const { deliverer, runId, provider, account, region } = listing;
    await this.session.change(sql`delete from snapshot_part
      where deliverer = ${deliverer} and provider = ${provider} and account = ${account}
      and region = ${region} and (run_id = ${runId} or kept_at < ${othersBefore})`);
  }

  purge(before: Date): Promise<number> {
    return this.session.change(sql`delete from snapshot_part where kept_at < ${before}`);
  }
}

function named({ deliverer, runId, provider, account, region }: PartedListing): Sql {
  return sql`deliverer = ${deliverer} and run_id = ${runId}
    and provider = ${provider} and account = ${account} and region = ${region}`;
}
