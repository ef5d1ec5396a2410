import { SealAudit } from '@cloudpam/audit';
import { Outcomes } from '../background/outcomes';
import { Prepared } from '../prepared.fixture';

describe('what operators are told of those who are told of events', () => {
  let server: Prepared;
  beforeEach(async () => {
    server = await Prepared.open();
  });
  afterEach(() => server.close());

  /** The samples of metrics whose names begin so. */
  const told = async (prefix: string): Promise<string[]> => {
    const headers = { authorization: `Bearer ${server.token}` };
    const { body } = await server.app.inject({ url: '/metrics', headers });
    return body.split('\n').filter((line) => line.startsWith(prefix));
  };

  it('are webhooks, how far they are behind, and who has paused them', async () => {
    await server.app.get(SealAudit).execute();
    const [first, second] = [await server.webhook('first'), await server.webhook('second')];
    await server.pool('10.0.0.0/8');
    await server.send('POST', `/webhooks/${second}/pause`);
    await server.app.get(SealAudit).execute();
    const behind = async (): Promise<number[]> =>
      (await told('cloudpam_webhook_behind')).map((line) => Number(line.split(' ')[1]));
    // That both were made, the pool, and the pause.
    expect(await behind()).toEqual([4, 4]);
    expect(await told('cloudpam_webhook_waiting')).toEqual([
      `cloudpam_webhook_waiting{webhook_id="${first}"} 0`,
      `cloudpam_webhook_waiting{webhook_id="${second}"} 0`,
    ]);
    expect(await told('cloudpam_webhook_paused')).toEqual([
      `cloudpam_webhook_paused{webhook_id="${second}",by="someone"} 1`,
    ]);
    await server.send('DELETE', `/webhooks/${second}`);
    expect([(await behind()).length, await told('cloudpam_webhook_paused')]).toEqual([1, []]);
  });

  it('are digests, and since when they should have been sent', async () => {
    const [waits, overdue] = [await server.digest('waits'), await server.digest('overdue')];
    await server.overdue(overdue, new Date(Date.now() - 7_200_000));
    const [first, second] = await told('cloudpam_digest_overdue_seconds');
    expect(first).toBe(`cloudpam_digest_overdue_seconds{digest_id="${waits}"} 0`);
    expect(second).toMatch(new RegExp(`digest_id="${overdue}"} 72\\d\\d`));
  });

  it('are what became of what was sent here, of the last hundred', async () => {
    const { webhooks, sinks, digests } = server.app.get(Outcomes);
    for (let id = 1; id <= 150; id++) webhooks.note(id, 'failed');
    webhooks.note(150, 'delivered');
    webhooks.note(150, 'delivered');
    sinks.note('kafka', 'sent');
    digests.note(3, 'sent_in_part');
    const deliveries = await told('cloudpam_webhook_deliveries_total');
    expect(deliveries).toHaveLength(101);
    expect(deliveries).toContain(
      'cloudpam_webhook_deliveries_total{webhook_id="150",outcome="delivered"} 2',
    );
    expect(await told('cloudpam_sink_batches_total')).toEqual([
      'cloudpam_sink_batches_total{sink="kafka",outcome="sent"} 1',
    ]);
    expect(await told('cloudpam_digest_mails_total')).toEqual([
      'cloudpam_digest_mails_total{digest_id="3",outcome="sent_in_part"} 1',
    ]);
  });
});
