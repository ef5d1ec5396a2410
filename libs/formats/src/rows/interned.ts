import type { ImportedPool, VlanName, VrfName } from '@cloudpam/import';

type PoolTags = ImportedPool['tags'];

/** Different tags that are kept to be shared; where rows have more, few are equal. */
const MOST_TAGS = 5_000;

/** Equal texts, names and tags as one object each: many rows name few VRFs, VLANs, sites. */
export class Interned {
  private readonly texts = new Map<string, string>();
  private readonly vrfs = new Map<string, VrfName>();
  private readonly vlans = new Map<string, VlanName>();
  private readonly sets = new Map<string, PoolTags>();

  text(text: string): string {
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    this.texts.set(text, text);
    return text;
  }

  vrf(name: string | null, rd: string | null): VrfName {
    return once(this.vrfs, `${name ?? ''}\0${rd ?? ''}`, () => ({ name, rd }));
  }

  vlan(vid: number | null, name: string | null, group: string | null): VlanName {
    const key = `${vid ?? ''}\0${name ?? ''}\0${group === null ? '' : `g${group}`}`;
    return once(this.vlans, key, () => ({ vid, name, group }));
  }

  /** @param key the same for equal tags alone */
  tags(key: string, make: () => PoolTags): PoolTags {
    return this.sets.size < MOST_TAGS ? once(this.sets, key, make) : (this.sets.get(key) ?? make());
  }
}

function once<T>(known: Map<string, T>, key: string, make: () => T): T {
  let value = known.get(key);
  if (value === undefined) known.set(key, (value = make()));
  return value;
}
