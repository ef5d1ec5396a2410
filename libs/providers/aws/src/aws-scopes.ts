import {
  DescribeAddressesCommand,
  DescribeRegionsCommand,
  paginateDescribeNetworkInterfaces,
  paginateDescribeSubnets,
  paginateDescribeVpcs,
  type EC2Client,
} from '@aws-sdk/client-ec2';
import {
  Listing,
  addAwsElasticIps,
  addAwsInterfaces,
  addAwsSubnets,
  addAwsVpcs,
  untilStopped,
  type CloudFailure,
} from '@cloudpam/provider-shapes';
import type { CloudScope, ScopeSnapshot, TakePart } from '@cloudpam/reconciliation';
import type { AwsConnection, AwsConnectionOptions } from './aws-connection';
import { MalformedAnswer, awsFailure, regionNotEnabled } from './aws-failure';
import { renewingOnce, type AwsSession, type AwsSessions } from './aws-session';

// The largest page of DescribeVpcs and DescribeSubnets.
const PAGE_SIZE = 1_000;
const SCOPE_TIMEOUT_MS = 120_000;

/**
 * Tells and reads the scopes of accounts, each with the account's session: the part that one
 * account and an organization share.
 */
export class AwsScopes {
  // By account that could not be asked for its regions; what reading its one scope then gives.
  private readonly refusals = new Map<
    string,
    { readonly region: string; readonly failure: CloudFailure }
  >();

  constructor(
    private readonly connection: AwsConnection,
    private readonly sessions: AwsSessions,
    private readonly options: AwsConnectionOptions,
  ) {}

  /** As `CloudNetworks.scopes`. */
  async scopes(account: string, signal?: AbortSignal): Promise<readonly CloudScope[]> {
    return untilStopped({ signal }, async (stop) => {
      const regions = this.options.regions ?? (await this.regionsOf(account, stop));
      // The one scope of an account that could not be asked stays: it says so.
      const isRead = (region: string): boolean =>
        !this.options.excludedRegions?.includes(region) ||
        this.refusals.get(account)?.region === region;
      return regions.filter(isRead).map((region) => ({ provider: 'aws', account, region }));
    });
  }

  /** As `CloudNetworks.read`. An expired token is renewed once, and all pages are read again. */
  async read(scope: CloudScope, signal?: AbortSignal, take?: TakePart): Promise<ScopeSnapshot> {
    signal?.throwIfAborted();
    const refusal = this.refusalOf(scope);
    if (refusal) {
      const listing = new Listing();
      if (this.options.interfaces) listing.endInterfaces(refusal);
      return listing.snapshot(scope, this.now(), refusal);
    }
    return untilStopped({ signal }, (stop) =>
      this.sessions.use(scope.account, stop, async (session) => {
        const collectedAt = this.now();
        const listing = new Listing(take);
        const reading = (how: typeof list): Promise<CloudFailure | undefined> =>
          this.listed(scope, session, stop, (client, end) => how(client, scope, listing, end));
        const failure = await reading(list);
        if (this.options.interfaces)
          listing.endInterfaces(failure ?? (await reading(listInterfaces)));
        return listing.snapshot(scope, collectedAt, failure);
      }),
    );
  }

  /** Reads some of a scope, with a limit of time of its own; gives what ended it early. */
  private async listed(
    { region }: CloudScope,
    session: AwsSession,
    stop: AbortSignal,
    work: (client: EC2Client, end: AbortSignal) => Promise<void>,
  ): Promise<CloudFailure | undefined> {
    try {
      await this.withinTime(region, stop, (end) =>
        renewingOnce(session, () => this.withEc2(region, session, (client) => work(client, end))),
      );
      return undefined;
    } catch (error) {
      stop.throwIfAborted();
      return awsFailure(error);
    }
  }

  private async regionsOf(account: string, signal: AbortSignal): Promise<readonly string[]> {
    const { homeRegion, defaultRegion } = this.connection;
    let region = homeRegion;
    try {
      const regions = await this.enabledRegions(account, region, signal).catch((error: unknown) => {
        signal.throwIfAborted();
        if (homeRegion === defaultRegion || !regionNotEnabled(error)) throw error;
        region = defaultRegion;
        return this.enabledRegions(account, region, signal);
      });
      this.refusals.delete(account);
      return regions;
    } catch (error) {
      signal.throwIfAborted();
      this.refusals.set(account, { region, failure: awsFailure(error) });
      return [region];
    }
  }

  private enabledRegions(
    account: string,
    region: string,
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    return this.sessions.use(account, signal, (session) =>
      this.withinTime(region, signal, (end) =>
        renewingOnce(session, () =>
          this.withEc2(region, session, (client) => enabledRegions(client, end)),
        ),
      ),
    );
  }

  // Even if this region can be listed: the account has others that are not known of, so it must not
  // pass for covered.
  private refusalOf({ account, region }: CloudScope): CloudFailure | undefined {
    const refusal = this.refusals.get(account);
    return refusal?.region === region ? refusal.failure : undefined;
  }

  private now(): Date {
    return this.options.now?.() ?? new Date();
  }

  private withinTime<T>(
    region: string,
    signal: AbortSignal,
    work: (end: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const timeoutMs = this.options.scopeTimeoutMs ?? SCOPE_TIMEOUT_MS;
    return untilStopped(
      {
        signal,
        timeoutMs,
        timeoutMessage: `${region} did not answer to the end within ${timeoutMs / 1_000} seconds`,
      },
      work,
    );
  }

  private async withEc2<T>(
    region: string,
    session: AwsSession,
    work: (client: EC2Client) => Promise<T>,
  ): Promise<T> {
    const client = this.connection.ec2(region, session.credentials);
    try {
      return await work(client);
    } finally {
      client.destroy();
    }
  }
}

async function enabledRegions(client: EC2Client, signal: AbortSignal): Promise<readonly string[]> {
  // AllRegions is off: regions that the account has not opted in to are not in the answer.
  const { Regions } = await client.send(new DescribeRegionsCommand({}), { abortSignal: signal });
  const names = (Regions ?? []).flatMap(({ RegionName, OptInStatus }) =>
    RegionName && OptInStatus !== 'not-opted-in' ? [RegionName] : [],
  );
  if (names.length === 0)
    throw new MalformedAnswer('DescribeRegions was answered without a region');
  return names.sort();
}

async function list(
  client: EC2Client,
  scope: CloudScope,
  listing: Listing,
  signal: AbortSignal,
): Promise<void> {
  const paging = { client, pageSize: PAGE_SIZE };
  // An answer that is no answer of EC2 (a proxy's page with status 200) parses to an object without
  // the list.
  for await (const page of paginateDescribeVpcs(paging, {}, { abortSignal: signal })) {
    if (!page.Vpcs) throw new MalformedAnswer('DescribeVpcs was answered without a list of VPCs');
    addAwsVpcs(listing, scope, page.Vpcs);
    await listing.relieve();
  }
  for await (const page of paginateDescribeSubnets(paging, {}, { abortSignal: signal })) {
    if (!page.Subnets)
      throw new MalformedAnswer('DescribeSubnets was answered without a list of subnets');
    addAwsSubnets(listing, scope, page.Subnets);
    await listing.relieve();
  }
}

async function listInterfaces(
  client: EC2Client,
  scope: CloudScope,
  listing: Listing,
  signal: AbortSignal,
): Promise<void> {
  // Without it, the interfaces of managed instances are left out.
  const asked = { IncludeManagedResources: true };
  const paging = { client, pageSize: PAGE_SIZE };
  const pages = paginateDescribeNetworkInterfaces(paging, asked, { abortSignal: signal });
  for await (const page of pages) {
    if (!page.NetworkInterfaces)
      throw new MalformedAnswer(
        'DescribeNetworkInterfaces was answered without a list of interfaces',
      );
    addAwsInterfaces(listing, scope, page.NetworkInterfaces);
    await listing.relieve();
  }
  // It has no pages.
  const { Addresses } = await client.send(new DescribeAddressesCommand({}), {
    abortSignal: signal,
  });
  if (!Addresses)
    throw new MalformedAnswer('DescribeAddresses was answered without a list of addresses');
  addAwsElasticIps(listing, scope, Addresses);
}
