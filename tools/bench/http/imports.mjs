import { formatCidr } from '@cloudpam/cidr';
import { AUTHORIZED } from '../processes.mjs';
import { snapshotOf } from '../synthetic.mjs';
import { sent } from '../wire.mjs';
import { once } from './pairs.mjs';

/** The first octet of what the first import brings, each later one is the next; and of the bare copies. */
const [OCTET, LATER] = [128, 16];
const SUBNETS = 10_040;

/**
 * Imports of a scope with 10,000 subnets: of another account in each round, or of one that is there
 * and unchanged.
 */
export async function importing(bench, which) {
  const { title, storage, product, bare } = bench;
  let scope;
  let answer;
  const post = (path, body, headers) => ['POST', path, { headers, body }];
  const deliver = async (body) => {
    answer = await once(title, product, post('/api/v1/discovery', body, AUTHORIZED));
    const { imported, unchanged } = JSON.parse(answer.body);
    if (imported + unchanged !== SUBNETS) throw new Error(`${title}: ${answer.body}`);
    return answer;
  };
  const scopeNow = () =>
    storage.unitOfWork.read(async ({ discovery }) =>
      Math.max(...(await discovery.scopes()).map(({ scope: { id } }) => id)),
    );
  const rowsOf = () => ({ pool: `scope_id = ${scope}`, resource: `scope_id = ${scope}` });
  let last;
  const next = () => {
    const n = bench.accounts.made++;
    last = { account: String(200_000_000_000 + n), octet: OCTET + n };
    return delivery(last);
  };
  if (which === 'again') {
    await deliver(next());
    scope = await scopeNow();
    const kept = { conditions: rowsOf(), text: String(answer.body) };
    await sent(bare, 'PUT', '/kept/scope', { body: kept });
    return {
      product: () => deliver(delivery(last)),
      bare: () => once(title, bare, post('/rows/scope', delivery(last))),
    };
  }
  let entry;
  return {
    async product() {
      entry = await lastEntry(storage);
      return deliver(next());
    },
    async between() {
      scope = await scopeNow();
      const conditions = { ...rowsOf(), audit_entry: `id > ${entry}` };
      const body = { conditions, octets: LATER, parents: {}, text: String(answer.body) };
      await sent(bare, 'PUT', '/copies', { body });
    },
    bare: () => once(title, bare, post('/copies', delivery(last))),
  };
}

async function lastEntry({ unitOfWork }) {
  const { entries } = await unitOfWork.read(({ audit }) => audit.list({}, 1, 1));
  return entries[0]?.id ?? 0;
}

/** A snapshot as collectors send it. */
function delivery(of) {
  const { networks, resources, collectedAt, ...scope } = snapshotOf(new Date(), of);
  return {
    run_id: crypto.randomUUID(),
    collector: { name: 'bench', version: '1.0.0' },
    scopes: [
      {
        ...scope,
        collected_at: collectedAt.toISOString(),
        networks: networks.map(({ externalId, ownerAccount, isDefault, ...rest }) => ({
          ...rest,
          external_id: externalId,
          owner_account: ownerAccount,
          is_default: isDefault,
        })),
        resources: resources.map((each) => ({
          kind: each.kind,
          external_id: each.externalId,
          network_external_id: each.networkExternalId,
          owner_account: each.ownerAccount,
          region: each.region,
          zone_id: each.zoneId,
          name: each.name,
          cidr: formatCidr(each.cidr),
          tags: each.tags,
        })),
      },
    ],
  };
}
