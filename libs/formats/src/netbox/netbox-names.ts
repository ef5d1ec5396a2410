import type { VrfName } from '@cloudpam/import';

/** Parts of a name in which commas are looked for. */
const MOST_PARTS = 10;

/** What the tables of one NetBox tell each other. */
export class NetboxNames {
  private readonly tagNames = new Set<string>();
  private parts = 1;
  /** VRFs by the cell that names them in an export: `name (rd)` or `name`. */
  readonly vrfs = new Map<string, VrfName>();
  /** CIDRs of prefixes in the global VRF, which aggregates may have too. */
  readonly globalCidrs = new Set<string>();

  /** Names of tags; a comma may be in one. */
  get tags(): ReadonlySet<string> {
    return this.tagNames;
  }

  /** Of the names of tags the most parts that commas make of one. */
  get mostParts(): number {
    return this.parts;
  }

  addTag(name: string): void {
    this.tagNames.add(name);
    this.parts = Math.max(this.parts, Math.min(MOST_PARTS, name.split(',').length));
  }
}
