import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import Database from 'better-sqlite3';
import { SealAudit } from '@cloudpam/audit';
import { BootstrapToken } from '@cloudpam/identity';
import { forwardAudit } from '../audit/forward/forward-audit';
import { readConfig } from '../config/config';
import { createApp } from '../create-app';
import { STORAGE, type Storage } from '../storage/storage';

describe('metrics of the audit log and of refusals', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cloudpam-metrics-'));
  const file = join(folder, 'test.sqlite');
  const target = `file:${join(folder, 'audit.jsonl')}`;
  let app: NestFastifyApplication;
  let authorization: string;

  beforeAll(async () => {
    // Nothing seals and forwards by itself here.
    app = await createApp(
      readConfig({ DATABASE_URL: `sqlite:${file}`, LOG_LEVEL: 'silent', AUDIT_FORWARD: target }),
      undefined,
    );
    await app.init();
    authorization = `Bearer ${await app.get(BootstrapToken).execute(new Date(), undefined)}`;
  });
  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const send = (method: 'GET' | 'POST', url: string, payload?: object) =>
    app.inject({ method, url, headers: { authorization }, ...(payload && { payload }) });
  async function metric(name: string): Promise<number> {
    const { body } = await send('GET', '/metrics');
    const line = body.split('\n').find((each) => each.startsWith(`${name} `));
    return Number(line?.split(' ')[1]);
  }

  it('tell how long entries wait to be sealed, and how far forwarding is behind', async () => {
    expect(await metric('cloudpam_audit_unsealed_seconds')).toBeGreaterThan(0);
    expect(await metric('cloudpam_audit_forward_behind')).toBe(0);
    const sealed = await app.get(SealAudit).execute();
    expect(await metric('cloudpam_audit_unsealed_seconds')).toBe(0);
    expect(await metric('cloudpam_audit_forward_behind')).toBe(sealed);
    await forwardAudit(app.get<Storage>(STORAGE).unitOfWork, target, 'jsonl').execute();
    expect(await metric('cloudpam_audit_forward_behind')).toBe(0);
  });

  it('tell of a trigger of the log that is gone', async () => {
    expect(await metric('cloudpam_audit_guards_missing')).toBe(0);
    const database = new Database(file);
    database.exec('drop trigger audit_entry_no_delete');
    database.close();
    expect(await metric('cloudpam_audit_guards_missing')).toBe(1);
  });

  it('count refused requests by the code of their problem', async () => {
    const { id } = (
      await send('POST', '/api/v1/pools', { name: 'small', cidr: '10.0.0.0/28' })
    ).json<{ id: number }>();
    const url = `/api/v1/pools/${id}/allocations`;
    const asked: number[] = [];
    for (const name of ['a', 'b', 'c', 'd'])
      asked.push((await send('POST', url, { prefix_length: 29, name })).statusCode);
    expect(asked).toEqual([201, 201, 409, 409]);
    expect(await metric('cloudpam_problems_total{code="pool_exhausted"}')).toBe(2);
  });
});
