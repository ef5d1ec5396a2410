import type { Digest } from '@cloudpam/digests';
import type { Delivery, Webhook } from '@cloudpam/events';
import type { AuditEntry, NewAuditEntry } from '@cloudpam/audit';
import { parseAddress, parseRange, parseCidr } from '@cloudpam/cidr';
import type { Token, User } from '@cloudpam/identity';
import {
  ALL_VIDS,
  GLOBAL_VRF_ID,
  hostOf,
  type Account,
  type AddressRecord,
  type RangeRecord,
  type Pool,
  type Vlan,
  type VlanGroup,
  type Vrf,
} from '@cloudpam/pools';
import type { DiscoveredResource, Job, Network, ObservedAddress } from '@cloudpam/reconciliation';

/** When everything in a sample happened. */
export const SAMPLE_TIME = new Date('2026-01-02T03:04:05.678Z');

type Sample<T> = Partial<Omit<T, 'cidr'>> & { readonly cidr: string };

/** A root container of the VRF `global`, complete, with the given fields in place of its own. */
export function samplePool({ cidr, ...fields }: Sample<Pool> & { readonly id: number }): Pool {
  return {
    vrfId: GLOBAL_VRF_ID,
    parentId: null,
    name: `pool ${cidr}`,
    cidr: parseCidr(cidr),
    kind: 'container',
    status: 'active',
    source: 'manual',
    accountId: null,
    provider: null,
    externalId: null,
    externalVpc: null,
    region: null,
    syncStatus: null,
    scopeId: null,
    lastSyncAt: null,
    description: '',
    tags: {},
    vlanId: null,
    expiresAt: null,
    rules: null,
    liveKey: null,
    createdAt: SAMPLE_TIME,
    updatedAt: SAMPLE_TIME,
    version: 1,
    childUsed: 0n,
    ...fields,
  };
}

/** An active host address of the VRF `global`, in no pool, with the given fields in place of its own. */
export function sampleAddress({
  address,
  ...fields
}: Partial<Omit<AddressRecord, 'id' | 'cidr'>> & { readonly address: string }): Omit<
  AddressRecord,
  'id'
> {
  const { family, value } = parseAddress(address);
  return {
    vrfId: GLOBAL_VRF_ID,
    poolId: null,
    rangeId: null,
    cidr: hostOf(family, value),
    name: '',
    status: 'active',
    role: 'host',
    dnsName: null,
    mac: null,
    accountId: null,
    description: '',
    tags: {},
    expiresAt: null,
    createdAt: SAMPLE_TIME,
    updatedAt: SAMPLE_TIME,
    version: 1,
    ...fields,
  };
}

/** A range of the VRF `global`, in no pool, with the given fields in place of its own. */
export function sampleRange({
  span,
  ...fields
}: Partial<Omit<RangeRecord, 'id' | 'span'>> & { readonly span: string }): Omit<RangeRecord, 'id'> {
  return {
    vrfId: GLOBAL_VRF_ID,
    poolId: null,
    span: parseRange(span),
    name: '',
    purpose: 'reserved',
    countsAsUsed: false,
    accountId: null,
    description: '',
    tags: {},
    until: null,
    holder: null,
    createdAt: SAMPLE_TIME,
    updatedAt: SAMPLE_TIME,
    version: 1,
    ...fields,
  };
}

/** A VRF, with the given fields in place of its own. */
export function sampleVrf(fields: Partial<Vrf> = {}): Omit<Vrf, 'id'> {
  return {
    name: 'lab',
    rd: null,
    reachabilityDomain: null,
    description: '',
    createdAt: SAMPLE_TIME,
    updatedAt: SAMPLE_TIME,
    version: 1,
    ...fields,
  };
}

/** VLAN 100 of no group, with the given fields in place of its own. */
export function sampleVlan(fields: Partial<Vlan> = {}): Omit<Vlan, 'id'> {
  return {
    vid: 100,
    name: 'office',
    group: '',
    groupId: null,
    description: '',
    createdAt: SAMPLE_TIME,
    updatedAt: SAMPLE_TIME,
    version: 1,
    ...fields,
  };
}

/** A group of VLANs with all VLAN ids. */
export function sampleVlanGroup(fields: Partial<VlanGroup> = {}): Omit<VlanGroup, 'id'> {
  return {
    name: 'fra1',
    description: '',
    vidRanges: ALL_VIDS,
    accountId: null,
    site: null,
    vlanCount: 0,
    createdAt: SAMPLE_TIME,
    updatedAt: SAMPLE_TIME,
    version: 1,
    ...fields,
  };
}

/** An AWS account; the key follows from provider and external id. */
export function sampleAccount(fields: Partial<Account> = {}): Omit<Account, 'id'> {
  const { provider = 'aws', externalId = '123456789012' } = fields;
  return {
    key: `${provider}:${externalId}`,
    name: 'production',
    provider,
    externalId,
    platform: null,
    tier: null,
    environment: null,
    regions: ['eu-central-1'],
    description: '',
    discoveryPolicy: null,
    discoveryInterval: null,
    createdAt: SAMPLE_TIME,
    updatedAt: SAMPLE_TIME,
    version: 1,
    ...fields,
  };
}

/** A token of an editor, with the given fields in place of its own. */
export function sampleToken(fields: Partial<Token> = {}): Omit<Token, 'id'> {
  return {
    publicId: 'abcdefghijkl',
    name: 'ci',
    role: 'editor',
    secretHash: new Uint8Array(32).fill(7),
    readOnly: false,
    sharedResources: false,
    accounts: null,
    pools: null,
    createdBy: 'user:1',
    createdByName: 'Ann',
    createdAt: SAMPLE_TIME,
    expiresAt: null,
    lastUsedAt: null,
    revokedAt: null,
    ...fields,
  };
}

/** A viewer, with the given fields in place of its own. */
export function sampleUser(fields: Partial<User> = {}): Omit<User, 'id'> {
  return {
    provider: 'okta',
    issuer: 'https://id.example',
    subject: 'ada',
    email: 'ada@example.com',
    name: 'Ada',
    role: 'viewer',
    rolePinned: false,
    groups: ['netops'],
    accounts: null,
    pools: null,
    active: true,
    createdAt: SAMPLE_TIME,
    lastLoginAt: SAMPLE_TIME,
    refusedAt: null,
    version: 1,
    ...fields,
  };
}

/** An entry that no domain has declared; without a place. */
export function sampleAuditEntry(fields: Partial<AuditEntry> = {}): NewAuditEntry {
  const entry: Omit<AuditEntry, 'id'> = {
    at: SAMPLE_TIME,
    actor: { type: 'user', id: 'ada', name: 'Ada' },
    type: 'pool.create',
    version: 1,
    entityType: 'pool',
    entityId: '1',
    place: null,
    formerPlace: null,
    diff: { before: null, after: { name: 'a' } },
    requestId: 'request-1',
    reason: null,
    ...fields,
  };
  return entry as NewAuditEntry; // storages take any
}

/** A digest of everything, of every day at seven in UTC. */
export function sampleDigest(fields: Partial<Digest> = {}): Omit<Digest, 'id'> {
  return {
    name: 'morning',
    recipients: ['ada@example.com'],
    schedule: { every: 'daily', weekday: null, hour: 7, timeZone: 'UTC' },
    filter: {},
    severity: null,
    sections: ['findings', 'leases', 'forecasts'],
    sendsEmpty: false,
    isEnabled: true,
    dueAt: SAMPLE_TIME,
    retryAt: null,
    attempts: 0,
    lastSentAt: null,
    toldUntil: null,
    failure: null,
    holder: null,
    leaseUntil: null,
    createdAt: SAMPLE_TIME,
    updatedAt: SAMPLE_TIME,
    version: 1,
    ...fields,
  };
}

/** A webhook that is told of everything from the beginning of the log. */
export function sampleWebhook(fields: Partial<Webhook> = {}): Omit<Webhook, 'id'> {
  return {
    name: 'chat',
    url: 'https://chat.example.com/hook?a=1',
    filter: {},
    template: { kind: 'cloudevents', text: null },
    isOrdered: true,
    secret: 'sealed',
    formerSecret: null,
    formerUntil: null,
    routingKey: null,
    state: 'ok',
    failure: null,
    seq: 0,
    replay: null,
    waiting: 0,
    nextAt: null,
    deadInRow: 0,
    holder: null,
    leaseUntil: null,
    createdAt: SAMPLE_TIME,
    updatedAt: SAMPLE_TIME,
    version: 1,
    ...fields,
  };
}

/** A delivery that has arrived at once. */
export function sampleDelivery(
  fields: Partial<Delivery> & Pick<Delivery, 'webhookId' | 'seq'>,
): Delivery {
  return {
    type: 'pool.create',
    status: 'delivered',
    attempts: 1,
    at: SAMPLE_TIME,
    ms: 12,
    httpStatus: 200,
    answer: 'ok',
    error: null,
    nextAt: null,
    deadAt: null,
    ...fields,
  };
}

/** A network of an AWS account in eu-central-1, in the VRF `global`. */
export function sampleNetwork(
  fields: Partial<Network> & { readonly accountId: number },
): Omit<Network, 'id'> {
  return {
    provider: 'aws',
    region: 'eu-central-1',
    externalId: 'vpc-1',
    name: 'main',
    isDefault: false,
    vrfId: GLOBAL_VRF_ID,
    firstSeenAt: SAMPLE_TIME,
    lastSeenAt: SAMPLE_TIME,
    goneAt: null,
    ...fields,
  };
}

/** A managed subnet without a pool; network, scope and account must exist. */
export function sampleResource({
  cidr,
  ...fields
}: Sample<DiscoveredResource> &
  Pick<DiscoveredResource, 'id' | 'networkId' | 'scopeId' | 'accountId'>): DiscoveredResource {
  return {
    vrfId: GLOBAL_VRF_ID,
    provider: 'aws',
    region: 'eu-central-1',
    kind: 'subnet',
    externalId: `subnet-${fields.id}`,
    networkExternalId: 'vpc-1',
    zoneId: null,
    name: '',
    cidr: parseCidr(cidr),
    tags: {},
    poolId: null,
    management: 'managed',
    managementReason: '',
    overlap: 'nonoverlapping',
    overlapReason: '',
    explainedBy: null,
    sync: 'synced',
    syncReason: '',
    orphanedAt: null,
    freeHosts: null,
    outpost: null,
    conflict: '',
    compliance: '',
    dismissals: {},
    firstSeenAt: SAMPLE_TIME,
    lastSeenAt: SAMPLE_TIME,
    ...fields,
  };
}

/** A queued job of an account that exists. */
export function sampleJob(fields: Partial<Job> & { readonly accountId: number }): Omit<Job, 'id'> {
  return {
    status: 'queued',
    requestedBy: 'Ada',
    requestedAt: SAMPLE_TIME,
    startedAt: null,
    finishedAt: null,
    instance: null,
    lease: null,
    leaseUntil: null,
    attempt: 0,
    scopesDone: 0,
    scopesTotal: null,
    message: '',
    error: null,
    counts: null,
    ...fields,
  };
}

/** The address of an interface in the VRF `global`, there, with the given fields in place of its own. */
export function sampleObserved({
  cidr,
  ...fields
}: Sample<Omit<ObservedAddress, 'id'>> &
  Pick<ObservedAddress, 'networkId' | 'scopeId' | 'accountId'>): Omit<ObservedAddress, 'id'> {
  return {
    vrfId: GLOBAL_VRF_ID,
    region: 'eu-central-1',
    kind: 'interface',
    externalId: 'eni-1',
    subnetExternalId: 'subnet-1',
    name: '',
    attachedTo: 'i-1',
    firstSeenAt: SAMPLE_TIME,
    lastSeenAt: SAMPLE_TIME,
    goneAt: null,
    ...fields,
    cidr: parseCidr(cidr),
  };
}
