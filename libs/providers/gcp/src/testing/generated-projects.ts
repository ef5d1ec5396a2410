import type { DoubleProject } from './gcp-double';
import type { ListOf } from './google-answers';

/** How large a generated estate is. */
export interface EstateSize {
  readonly projects: number;
  readonly networksPerProject: number;
  readonly subnetsPerNetwork: number;
}

const REGIONS = ['europe-west4', 'us-central1', 'asia-east1', 'southamerica-east1'];
// A /28 each: a million of them fit into 10.0.0.0/8.
const BLOCK = 16;
const ADDRESSES = 2 ** 24;

/**
 * An estate of any size whose entries are made when they are asked for; no two subnets overlap in
 * the first million.
 */
export function generatedProjects({
  projects,
  networksPerProject,
  subnetsPerNetwork,
}: EstateSize): ListOf<DoubleProject> {
  return listOf(projects, (at) => {
    const projectId = `project-${String(at).padStart(5, '0')}`;
    const link = `https://www.googleapis.com/compute/v1/projects/${projectId}`;
    const network = (n: number): string => `${link}/global/networks/net-${n}`;
    const subnets = networksPerProject * subnetsPerNetwork;
    return {
      projectId,
      displayName: `Project ${at}`,
      networks: listOf(networksPerProject, (n) => ({
        kind: 'compute#network',
        name: `net-${n}`,
        selfLink: network(n),
        autoCreateSubnetworks: false,
      })),
      subnets: listOf(subnets, (s) => {
        const region = `${link}/regions/${REGIONS[s % REGIONS.length]}`;
        return {
          kind: 'compute#subnetwork',
          name: `subnet-${s}`,
          selfLink: `${region}/subnetworks/subnet-${s}`,
          network: network(Math.floor(s / subnetsPerNetwork)),
          region,
          purpose: 'PRIVATE',
          ipCidrRange: blockAt(at * subnets + s),
        };
      }),
    };
  });
}

function listOf<T>(length: number, entry: (index: number) => T): ListOf<T> {
  return { length, at: (index) => (index < length ? entry(index) : undefined) };
}

function blockAt(index: number): string {
  const offset = (index * BLOCK) % ADDRESSES;
  return `10.${(offset >>> 16) & 255}.${(offset >>> 8) & 255}.${offset & 255}/28`;
}
