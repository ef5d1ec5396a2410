import type { VrfName } from '@cloudpam/import';

/** What the tables of one NetBox tell each other. */
export class NetboxNames {
  /** Names of tags; a comma may be in one. */
  readonly tags = new Set<string>();
  /** VRFs by the cell that names them in an export: `name (rd)` or `name`. */
  readonly vrfs = new Map<string, VrfName>();
  /** CIDRs of prefixes in the global VRF, which aggregates may have too. */
  readonly globalCidrs = new Set<string>();
}
