import type { Delivery, DeliveryOrder, DeliveryStatus, DeliveryStore } from '@cloudpam/events';
import { replacedColumns } from './replaced-rows';
import { rowBatches } from './row-batches';
import type { Columns, Row, Session } from './session';
import { totalOf } from './simple-rows';
import { sql, where, type Sql } from './sql';
import { optionalTimeOf, timeOf } from './values';

const COLUMNS = {
  webhook_id: 'id',
  seq: 'id',
  type: 'text',
  status: 'text',
  attempts: 'int',
  at: 'time',
  ms: 'int',
  http_status: 'int',
  answer: 'text',
  error: 'text',
  next_at: 'time',
  dead_at: 'time',
} as const satisfies Columns;

const { names: NAMES, selected: SELECTED, replaced: REPLACED } = replacedColumns(COLUMNS);

const BY: { readonly [Order in DeliveryOrder]: Sql } = {
  chain: sql`d.seq`,
  time: sql`d.next_at, d.seq`,
};

type Time = Date | number;

interface DeliveryRow {
  readonly webhook_id: number;
  readonly seq: number;
  readonly type: string;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  readonly at: Time;
  readonly ms: number;
  readonly http_status: number | null;
  readonly answer: string | null;
  readonly error: string | null;
  readonly next_at: Time | null;
  readonly dead_at: Time | null;
}

/** Deliveries of webhooks in table `webhook_delivery`. */
export class TypeOrmDeliveryStore implements DeliveryStore {
  constructor(private readonly session: Session) {}

  async put(deliveries: readonly Delivery[]): Promise<void> {
    for (const rows of rowBatches(deliveries, toRow)) {
      const put = this.session.dialect.table('t', COLUMNS, rows);
      await this.session.change(sql`insert into webhook_delivery (${NAMES})
        select ${SELECTED} from ${put} where true
        on conflict (webhook_id, seq) do update set ${REPLACED}`);
    }
  }

  waiting(webhookId: number, order: DeliveryOrder, limit: number): Promise<Delivery[]> {
    return this.those(sql`select d.* from webhook_delivery d
      where d.webhook_id = ${webhookId} and d.status = 'waiting'
      order by ${BY[order]} limit ${limit}`);
  }

  async backlog(webhookId: number, order: DeliveryOrder): ReturnType<DeliveryStore['backlog']> {
    const [row] = await this.session.rows<{ waiting: number; next_at: Time | null }>(
      sql`select count(*) as waiting, (
          select d.next_at from webhook_delivery d
          where d.webhook_id = ${webhookId} and d.status = 'waiting' order by ${BY[order]} limit 1
        ) as next_at from webhook_delivery where webhook_id = ${webhookId} and status = 'waiting'`,
    );
    return { waiting: Number(row?.waiting ?? 0), nextAt: optionalTimeOf(row?.next_at ?? null) };
  }

  list(
    webhookId: number,
    { status, below, limit }: Parameters<DeliveryStore['list']>[1],
  ): Promise<Delivery[]> {
    return this.those(sql`select d.* from webhook_delivery d
      ${where([...conditionsOf(webhookId, status), ...(below === undefined ? [] : [sql`d.seq < ${below}`])])}
      order by d.seq desc limit ${limit}`);
  }

  count(webhookId: number, status?: DeliveryStatus): Promise<number> {
    return totalOf(
      this.session,
      sql`select 1 from webhook_delivery d ${where(conditionsOf(webhookId, status))}`,
    );
  }

  revive(webhookId: number, at: Date): Promise<number> {
    return this.session.change(sql`update webhook_delivery
      set status = 'waiting', attempts = 0, next_at = ${at}, dead_at = null
      where webhook_id = ${webhookId} and status = 'dead'`);
  }

  async hurry(webhookId: number, at: Date): Promise<void> {
    await this.session.change(sql`update webhook_delivery set next_at = ${at}
      where webhook_id = ${webhookId} and status = 'waiting'`);
  }

  async trim(webhookId: number, kept: number): Promise<void> {
    for (const status of ['delivered', 'dead'] as const)
      await this.session.change(sql`delete from webhook_delivery
        where webhook_id = ${webhookId} and status = ${status} and seq <= (
          select k.seq from webhook_delivery k where k.webhook_id = ${webhookId} and k.status = ${status}
          order by k.seq desc limit 1 offset ${kept})`);
  }

  private async those(query: Sql): Promise<Delivery[]> {
    return (await this.session.rows<DeliveryRow>(query)).map(fromRow);
  }
}

function conditionsOf(webhookId: number, status: DeliveryStatus | undefined): Sql[] {
  return [
    sql`d.webhook_id = ${webhookId}`,
    ...(status === undefined ? [] : [sql`d.status = ${status}`]),
  ];
}

function toRow(delivery: Delivery): Row {
  return [
    delivery.webhookId,
    delivery.seq,
    delivery.type,
    delivery.status,
    delivery.attempts,
    delivery.at,
    delivery.ms,
    delivery.httpStatus,
    delivery.answer,
    delivery.error,
    delivery.nextAt,
    delivery.deadAt,
  ];
}

function fromRow(row: DeliveryRow): Delivery {
  return {
    webhookId: row.webhook_id,
    seq: row.seq,
    type: row.type,
    status: row.status,
    attempts: row.attempts,
    at: timeOf(row.at),
    ms: row.ms,
    httpStatus: row.http_status,
    answer: row.answer,
    error: row.error,
    nextAt: optionalTimeOf(row.next_at),
    deadAt: optionalTimeOf(row.dead_at),
  };
}
