import { formatCidr, nthSubnet, parseCidr } from '@cloudpam/cidr';

const [SCOPES, SUBNETS] = [10, 20];

/** Scopes with a network each, delivered again and again, a little different each time. */
export class Scopes {
  #post;
  /** Those that nobody delivers at the moment: how often they were. */
  #idle = Array.from({ length: SCOPES }, (_, at) => ({ at, times: 0 }));

  constructor(post) {
    this.#post = post;
  }

  /** Delivers one, if there is one that nobody delivers. */
  async deliver() {
    const scope = this.#idle.shift();
    if (scope === undefined) return undefined;
    const answer = await this.#post('/discovery', snapshot(scope));
    this.#idle.push({ ...scope, times: scope.times + 1 });
    const errors = answer.json?.errors ?? [];
    return errors.length > 0 ? { ...answer, status: `refused: ${JSON.stringify(errors)}` } : answer;
  }
}

/** One subnet moves on and one has another name, each time. */
function snapshot({ at, times }) {
  const seen = { owner_account: String(300_000_000_000 + at), region: 'eu-central-1' };
  const vpc = parseCidr(`62.${at}.0.0/16`);
  const network = `vpc-soak-${at}`;
  const subnet = (n) => ({
    ...seen,
    kind: 'subnet',
    external_id: `subnet-soak-${at}-${n}`,
    network_external_id: network,
    zone_id: 'euc1-az1',
    name: n === times % SUBNETS ? `soak-${n}-${times}` : `soak-${n}`,
    cidr: formatCidr(nthSubnet(vpc, 24, BigInt(n))),
    tags: {},
  });
  return {
    run_id: crypto.randomUUID(),
    collector: { name: 'bench', version: '1.0.0' },
    scopes: [
      {
        provider: 'aws',
        account: seen.owner_account,
        region: seen.region,
        coverage: 'complete',
        collected_at: new Date().toISOString(),
        networks: [{ ...seen, external_id: network, name: network, is_default: false }],
        resources: [
          {
            ...seen,
            kind: 'vpc',
            external_id: network,
            network_external_id: network,
            name: network,
            cidr: formatCidr(vpc),
            tags: {},
          },
          ...Array.from({ length: SUBNETS }, (_, n) => subnet(n)),
          subnet(SUBNETS + (times % SUBNETS)),
        ],
      },
    ],
  };
}
