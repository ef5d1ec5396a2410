import { addressCount, nthSubnet, parseCidr } from '@cloudpam/cidr';

/** Every run loads the same pools, with the same times. */
export const LOADED_AT = new Date('2026-01-01T00:00:00Z');
export const VRF_COUNT = 8;
/** Pools of one unit of work while loading. */
export const CHUNK = 5_000;
export const ACTOR = { type: 'system', id: 'bench', name: 'bench' };
export const SLASH_24S = 256;
/** Of the sixteen /28 of each /24 these are pools; the others are free. */
export const SLASH_28S = 3;

const PER_VPC = 1 + SLASH_24S * (1 + SLASH_28S);
const ROOT = parseCidr('10.0.0.0/8');

/** A pool as `PoolStore.insert` takes it. */
export function poolOf(id, vrfId, parentId, cidr, kind, childUsed = 0n) {
  return {
    id,
    vrfId,
    parentId,
    cidr,
    kind,
    name: `${kind}-${id}`,
    status: 'active',
    source: 'manual',
    accountId: null,
    provider: null,
    externalId: null,
    externalVpc: null,
    region: `region-${id % 16}`,
    syncStatus: null,
    scopeId: null,
    lastSyncAt: null,
    description: '',
    tags: { team: `team-${id % 50}` },
    vlanId: null,
    expiresAt: null,
    rules: null,
    createdAt: LOADED_AT,
    updatedAt: LOADED_AT,
    version: 1,
    childUsed,
  };
}

/**
 * `count` pools without ids: the same tree in each VRF, 10.0.0.0/8 with as many /16 as are needed,
 * each with 256 /24, each with three /28. `parent` is the index of the parent among all that came
 * before, null for a root.
 */
export function* tree(vrfIds, count) {
  let made = 0;
  for (const [at, vrfId] of vrfIds.entries()) {
    const end = Math.floor((count * (at + 1)) / vrfIds.length);
    const root = made++;
    const inVrf = end - root - 1;
    yield {
      vrfId,
      cidr: ROOT,
      kind: 'container',
      parent: null,
      childUsed: BigInt(Math.ceil(inVrf / PER_VPC)) << 16n,
    };
    for (let v = 0n; made < end; v++) {
      const vpc = made++;
      const cidr = nthSubnet(ROOT, 16, v);
      const inVpc = Math.min(PER_VPC - 1, end - vpc - 1);
      yield {
        vrfId,
        cidr,
        kind: 'vpc',
        parent: root,
        childUsed: BigInt(Math.ceil(inVpc / (1 + SLASH_28S))) << 8n,
      };
      for (let s = 0n; s < SLASH_24S && made < end; s++) {
        const subnet = made++;
        const inSubnet = Math.min(SLASH_28S, end - subnet - 1);
        yield {
          vrfId,
          cidr: nthSubnet(cidr, 24, s),
          kind: 'subnet',
          parent: vpc,
          childUsed: BigInt(inSubnet) << 4n,
        };
        for (let r = 0n; r < inSubnet; r++, made++) {
          yield {
            vrfId,
            cidr: nthSubnet(nthSubnet(cidr, 24, s), 28, r),
            kind: 'reservation',
            parent: subnet,
            childUsed: 0n,
          };
        }
      }
    }
  }
}

/**
 * A pool of `size` children: /28 from its start on, every eighth left out, so that there are holes
 * to find.
 */
export function crowdedPool(ids, vrfId, cidr, size) {
  const children = [];
  for (let n = 0; children.length < size; n++) {
    if (n % 8 !== 7)
      children.push(
        poolOf(ids[children.length + 1], vrfId, ids[0], nthSubnet(cidr, 28, BigInt(n)), 'subnet'),
      );
  }
  const used = children.reduce((sum, child) => sum + addressCount(child.cidr), 0n);
  return [poolOf(ids[0], vrfId, null, cidr, 'container', used), ...children];
}

/** A complete listing of one account in one region: 40 VPCs with 250 subnets each. */
export function snapshotOf(collectedAt, { account = '100000000001', octet = 44 } = {}) {
  const seen = { ownerAccount: account, region: 'eu-central-1' };
  const networks = [];
  const resources = [];
  for (let v = 0; v < 40; v++) {
    const vpc = parseCidr(`${octet}.${v}.0.0/16`);
    const network = `vpc-${v}`;
    networks.push({ ...seen, externalId: network, name: network, isDefault: false });
    resources.push({
      ...seen,
      kind: 'vpc',
      externalId: network,
      networkExternalId: network,
      zoneId: null,
      name: network,
      cidr: vpc,
      tags: {},
    });
    for (let s = 0; s < 250; s++) {
      const name = `subnet-${v}-${s}`;
      resources.push({
        ...seen,
        kind: 'subnet',
        externalId: name,
        networkExternalId: network,
        zoneId: `euc1-az${s % 3}`,
        name,
        cidr: nthSubnet(vpc, 24, BigInt(s)),
        tags: { Name: name },
      });
    }
  }
  return {
    provider: 'aws',
    account: seen.ownerAccount,
    region: seen.region,
    coverage: 'complete',
    collectedAt,
    networks,
    resources,
  };
}
