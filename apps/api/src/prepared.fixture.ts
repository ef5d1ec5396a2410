import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { KeptRecommendation } from '@cloudpam/analysis';
import { FollowLog, SealAudit } from '@cloudpam/audit';
import { ComposeDigest, SendDigests, type SendMail } from '@cloudpam/digests';
import { COUNT_USAGE, dayOf, type Forecast } from '@cloudpam/forecast';
import { BootstrapToken, LogIn } from '@cloudpam/identity';
import { ReleaseExpired } from '@cloudpam/pools';
import {
  EndDismissals,
  ReleaseAddresses,
  ReleaseOrphans,
  TellFindings,
} from '@cloudpam/reconciliation';
import { CONFIG, readConfig } from './config/config';
import { createApp } from './create-app';
import { ErrorReports } from './http/error-reports';
import { Housekeeping } from './operations/housekeeping';
import { memoryStorage, type Storage, type Stores } from './storage/storage';

export type Json = Readonly<Record<string, unknown>>;
export interface Entry {
  readonly id: number;
  readonly action: string;
  readonly actor: { readonly type: string; readonly id: string };
  readonly request_id: string;
  readonly reason: string | null;
  readonly entity_id: string;
  readonly place: object | null;
  readonly former_place: object | null;
  readonly diff: { readonly before: Json | null; readonly after: Json | null };
}

export const INSTANCE = '7d8f1d1e-2a52-4d52-9e27-6a6f0a5b3c11';
const RUN = '6f1f1f5e-3d3c-4a37-9f0c-1d4f6f0a5a11';
export const ACCOUNT = 'aws:111111111111';

/** A server with something of everything in it, and how to ask it. */
export class Prepared {
  token = '';
  private seenAt = Date.UTC(2026, 0, 1);
  private toldTimes = 0;

  private constructor(
    readonly app: NestFastifyApplication,
    private readonly storage: Storage,
  ) {}

  /** @param log takes all log lines; without it there are none */
  static async open(
    log?: { write(line: string): void },
    storage: Storage = memoryStorage(),
  ): Promise<Prepared> {
    const app = await createApp(
      readConfig({
        DATABASE_URL: 'memory:',
        LOG_LEVEL: log ? 'trace' : 'silent',
        CLOUDPAM_SECRET_KEY: 'a key of the tests and of nothing else',
        WEBHOOK_ALLOW: '127.0.0.1/32',
        // Where nobody takes mail.
        SMTP_URL: 'smtp://127.0.0.1:1',
        SMTP_FROM: 'CloudPAM <pam@example.com>',
      }),
      storage,
      { log },
    );
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    const prepared = new Prepared(app, storage);
    prepared.token = (await app.get(BootstrapToken).execute(new Date(), undefined)) ?? '';
    return prepared;
  }

  /** Ends the server and closes its storage. */
  async close(): Promise<void> {
    await this.app.close();
    await this.storage.close();
  }

  async send(
    method: string,
    url: string,
    payload?: Json,
    token = this.token,
    key?: string,
    reason = 'walked',
  ): Promise<{ status: number; body: Json }> {
    const answer = await this.app.inject({
      method: method as 'POST',
      url: `/api/v1${url}`,
      headers: {
        authorization: `Bearer ${token}`,
        'x-request-id': 'the-walk',
        'x-change-reason': reason,
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(payload === undefined ? {} : { payload }),
    });
    return { status: answer.statusCode, body: answer.body === '' ? {} : answer.json<Json>() };
  }

  /** Counts the log into usage, and tells of pools that a /24 fits into them for another month. */
  async foretell(poolIds: readonly number[]): Promise<void> {
    const { unitOfWork } = this.storage;
    await this.app.get(SealAudit).execute();
    await new FollowLog<Stores>(unitOfWork, COUNT_USAGE, 'test', () => new Date()).execute();
    const madeOn = dayOf(new Date());
    const day = madeOn + 30;
    const forecast: Forecast = {
      outcome: 'forecast',
      day,
      earliest: madeOn + 9,
      latest: null,
      confidence: 'low',
      growthPerWeek: 2.5,
      weeks: 30,
      changes: 9,
      leftOut: null,
      backtest: { trials: 4, held: 3 },
    };
    await unitOfWork.run(({ forecasts }) =>
      forecasts.save(
        poolIds.map((poolId) => ({ poolId, madeOn, prefixLength: 24, endsOn: day, forecast })),
      ),
    );
    await unitOfWork.run(({ recommendations }) =>
      recommendations.save(poolIds.flatMap((id, at) => recommended(id, poolIds[at - 1]))),
    );
  }

  /** Tells the log of findings, each time a quarter of an hour later; the first time they are noted. */
  async tellFindings(): Promise<void> {
    const now = new Date(Date.now() + 900_000 * this.toldTimes++);
    const standards = { interval: 0, soon: 90 * 86_400 };
    const { unitOfWork } = this.storage;
    await new TellFindings(
      unitOfWork,
      standards,
      'test',
      () => now,
      async () => {},
    ).execute();
  }

  /** What a POST that must succeed is answered. */
  async posted(url: string, payload: Json, token?: string): Promise<Json> {
    const { status, body } = await this.send('POST', url, payload, token);
    if (status > 202) throw new Error(`${url} was answered ${status}: ${JSON.stringify(body)}`);
    return body;
  }

  /** How a request is answered: its status, and the code of the problem where there is one. */
  async outcome(...asked: Parameters<Prepared['send']>): Promise<unknown[]> {
    const { status, body } = await this.send(...asked);
    return [status, ...(status < 400 ? [] : [body['code']])];
  }

  /** Keeps house, as servers do once a minute. */
  async keepHouse(at: Date): Promise<void> {
    const { app } = this;
    await new Housekeeping(
      this.storage,
      app.get(CONFIG),
      app.get(ReleaseExpired),
      app.get(ReleaseOrphans),
      app.get(ReleaseAddresses),
      app.get(EndDismissals),
      app.get(ErrorReports),
    ).clean(at);
  }

  /** Has a digest be due since a time. */
  async overdue(digestId: number, dueAt: Date): Promise<void> {
    await this.storage.unitOfWork.run(async ({ digests }) => {
      const digest = await digests.lock(digestId);
      if (digest) await digests.save({ ...digest, dueAt });
    });
  }

  /** Leaves an orphan as early versions did, when its pool was deleted. */
  async losePool(resourceId: number): Promise<void> {
    await this.storage.unitOfWork.run(async ({ discovery }) => {
      const orphan = await discovery.lockResource(resourceId);
      if (orphan) await discovery.saveResources([{ ...orphan, poolId: null }]);
    });
  }

  /** The id of what a POST makes, of the first where it makes several. */
  async made(url: string, payload: Json): Promise<number> {
    const body = await this.posted(url, payload);
    return Number((body['items'] as Json[] | undefined)?.[0]?.['id'] ?? body['id']);
  }

  /** A range of a pool that is made for it. */
  async range(): Promise<number> {
    return this.made(`/pools/${await this.pool('10.20.0.0/16')}/ranges`, {
      start_address: '10.20.1.100',
      end_address: '10.20.1.199',
    });
  }

  /** What was deleted in a pool that keeps such for a month. */
  async quarantine(): Promise<number> {
    await this.pool('10.20.0.0/16', { rules: { quarantine_days: 30 } });
    await this.send('DELETE', `/pools/${await this.pool('10.20.1.0/24')}`);
    const { body } = await this.send('GET', '/ranges?purpose=quarantine');
    return Number((body['items'] as Json[])[0]?.['id']);
  }

  /** A digest that goes to somebody. */
  digest(name = 'morning', more: Json = {}): Promise<number> {
    const schedule = { every: 'daily', hour: 7, time_zone: 'Europe/Berlin' };
    return this.made('/digests', { name, recipients: ['ada@example.com'], schedule, ...more });
  }

  /**
   * Sends a digest at its next time, and again for as long as it is tried.
   * @param send sends the mail
   */
  async sendDigest(id: number, send: SendMail): Promise<void> {
    const { unitOfWork } = this.storage;
    const digest = () => unitOfWork.read(({ digests }) => digests.get(id));
    let now = (await digest())?.dueAt ?? new Date();
    const failed = (error: unknown): never => {
      throw error;
    };
    const sender = new SendDigests(
      unitOfWork,
      this.app.get(ComposeDigest),
      send,
      'test',
      () => now,
      () => 0.5,
      () => async () => {},
      failed,
    );
    for (let at: Date | null = now; at !== null; at = (await digest())?.retryAt ?? null) {
      now = at;
      await sender.look();
    }
  }

  /** A webhook whose receiver is never there. */
  webhook(name = 'chat'): Promise<number> {
    return this.made('/webhooks', { name, url: 'http://127.0.0.1:1/' });
  }

  /** Notes that a webhook was told of the first events of the log. */
  async told(webhookId: number, count: number): Promise<void> {
    const at = new Date();
    const one = { at, ms: 1, httpStatus: 200, answer: '', error: null, nextAt: null, deadAt: null };
    const told = {
      ...one,
      webhookId,
      type: 'pool.create',
      status: 'delivered',
      attempts: 1,
    } as const;
    await this.storage.unitOfWork.run(({ deliveries }) =>
      deliveries.put(Array.from({ length: count }, (_, index) => ({ ...told, seq: index + 1 }))),
    );
  }

  pool(cidr: string, more: Json = {}): Promise<number> {
    return this.made('/pools', { name: cidr, cidr, ...more });
  }

  /** Delivers a listing of the account: a VPC and these subnets. Each is newer than the last. */
  discover(
    subnets: readonly string[],
    name = '',
    vpc = 'vpc-1',
  ): Promise<{ status: number; body: Json }> {
    return this.send('POST', '/discovery', this.listing(subnets, name, vpc));
  }

  /** Has a collector list the addresses of interfaces. */
  observe(cidrs: readonly string[]): Promise<{ status: number; body: Json }> {
    const body = this.listing([]);
    const [scope] = body['scopes'] as Json[];
    const addresses = cidrs.map((cidr, at) => ({
      kind: 'interface',
      external_id: `eni-${at}`,
      network_external_id: 'vpc-1',
      subnet_external_id: 'subnet-0',
      region: 'eu-west-1',
      name: `web-${at}`,
      attached_to: `i-${at}`,
      cidr,
    }));
    const interfaces = { coverage: 'complete' };
    return this.send('POST', '/discovery', {
      ...body,
      scopes: [{ ...scope, interfaces, addresses }],
    });
  }

  listing(subnets: readonly string[], name = '', vpc = 'vpc-1'): Json {
    this.seenAt += 60_000;
    const common = {
      network_external_id: vpc,
      owner_account: '111111111111',
      region: 'eu-west-1',
      zone_id: null,
      name: '',
      tags: {},
    };
    return {
      run_id: RUN,
      collector: { name: 'test', version: '1' },
      scopes: [
        {
          provider: 'aws',
          account: '111111111111',
          region: 'eu-west-1',
          coverage: 'complete',
          collected_at: new Date(this.seenAt).toISOString(),
          networks: [
            {
              external_id: vpc,
              owner_account: '111111111111',
              region: 'eu-west-1',
              name: 'main',
              is_default: false,
            },
          ],
          resources: [
            { ...common, kind: 'vpc', external_id: vpc, name, cidr: '172.16.0.0/16' },
            ...subnets.map((cidr, at) => ({
              ...common,
              kind: 'subnet',
              external_id: `subnet-${at}`,
              cidr,
            })),
          ],
        },
      ],
    };
  }

  /** The account of `discover`, with a policy. */
  async account(policy: string | null = null): Promise<number> {
    return this.made('/accounts', {
      name: 'prod',
      provider: 'aws',
      external_id: '111111111111',
      discovery_policy: policy,
    });
  }

  async network(): Promise<number> {
    const { body } = await this.send('GET', '/discovery/networks');
    return Number((body['items'] as Json[])[0]?.['id']);
  }

  /** A viewer who has a session. */
  async user(subject = 'u-1'): Promise<number> {
    return (await this.session(subject)).user.id;
  }

  /** A session of a viewer, with its secret; of a group other than `*` nobody has a role. */
  session(subject = 'u-1', group = '*'): ReturnType<LogIn['execute']> {
    const identity = {
      provider: 'okta',
      issuer: 'https://id.example',
      subject,
      email: null,
      name: 'Ada',
      groups: [],
      claim: 'groups',
      claimFault: null,
      idToken: null,
      sid: null,
      logoutHint: null,
      refreshToken: null,
    };
    const at = new Date();
    return this.app
      .get(LogIn)
      .execute({ at, requestId: 'login' }, identity, [{ group, role: 'viewer' }], {
        userAgent: '',
        ip: '::1',
      });
  }

  /** A resource that is gone from the cloud, with its pool. */
  async orphan(): Promise<number> {
    await this.discover(['172.16.1.0/24']);
    await this.discover([]);
    return this.resource();
  }

  /** A resource whose pool a person has given to no account. */
  async drifted(): Promise<number> {
    const pool = await this.pool('172.16.0.0/16', { kind: 'vpc' });
    await this.discover([]);
    await this.send('PATCH', `/pools/${pool}`, { account_id: null });
    await this.discover([], 'renamed');
    return this.resource('vpc');
  }

  /** A resource that waits for a person, by the policy of its account. */
  async waiting(policy: string): Promise<number> {
    await this.account(policy);
    await this.discover(['172.16.1.0/24']);
    return this.resource('vpc');
  }

  async resource(of: 'vpc' | 'subnet' = 'subnet'): Promise<number> {
    const { body } = await this.send('GET', '/discovery/resources');
    return Number((body['items'] as Json[]).find((each) => each['kind'] === of)?.['id']);
  }

  /** A queued job. */
  async job(): Promise<number> {
    return this.made('/discovery/trigger', { account_id: await this.account() });
  }

  async claimed(): Promise<{ id: number; lease: string }> {
    await this.job();
    await this.heartbeat();
    const { body } = await this.send('POST', '/collectors/jobs/claim', { instance: INSTANCE });
    return body['job'] as { id: number; lease: string };
  }

  heartbeat(instance = INSTANCE): Promise<unknown> {
    return this.send('POST', '/collectors/heartbeat', {
      instance,
      name: 'a',
      version: '1',
      providers: ['aws'],
      accounts: [ACCOUNT],
      interval_seconds: null,
    });
  }

  async entries(): Promise<Entry[]> {
    const answer = await this.app.inject({
      method: 'GET',
      url: '/api/v1/audit?page_size=500',
      headers: { authorization: `Bearer ${this.token}` },
    });
    return answer.json<{ entries: Entry[] }>().entries;
  }
}

/** That a pool is unused, and that another one has its addresses. */
function recommended(poolId: number, related: number | undefined): KeptRecommendation[] {
  const made = { poolId, madeAt: new Date() };
  const act = (type: 'reclaim' | 'move') => ({ type, poolIds: [poolId], cidr: null, tags: [] });
  const unused = { kind: 'unused', severity: 'low', relatedId: null } as const;
  const twin = { kind: 'duplicate', severity: 'high', relatedId: related ?? null } as const;
  return [
    { ...made, ...unused, facts: { idleDays: 90 }, action: act('reclaim') },
    { ...made, ...twin, facts: { vrfs: 1 }, action: act('move') },
  ];
}
