import { createHash } from 'node:crypto';

/** Characters that NetBox takes in the names of groups, roles, tags, tenants and VRFs. */
export const NETBOX_NAME = 100;
/** What of one kind is remembered. */
const MOST = 10_000;

/**
 * What a NetBox must have before something can name it: roles, tags, tenants, groups. Each has a
 * slug of its own.
 */
export class Labels {
  private readonly slugs = new Map<string, string>();
  private readonly taken = new Set<string>();

  /** The slug under which it is listed; undefined: it cannot be. */
  slugFor(name: string): string | undefined {
    const isKnown = this.slugs.has(name);
    if (!isKnown && (name === '' || name.length > NETBOX_NAME || this.slugs.size >= MOST))
      return undefined;
    return this.slugOf(name);
  }

  /** The same where nothing else can be done. */
  slugOf(name: string): string {
    const known = this.slugs.get(name);
    if (known !== undefined) return known;
    const base = slugOf(name);
    let slug = base;
    for (let n = 2; this.taken.has(slug); n++) slug = `${base.slice(0, NETBOX_NAME - 8)}-${n}`;
    this.slugs.set(name, slug);
    this.taken.add(slug);
    return slug;
  }

  all(): { name: string; slug: string }[] {
    return [...this.slugs].map(([name, slug]) => ({ name, slug }));
  }
}

/** Lower case letters, digits and `-`. */
function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return plain.slice(0, NETBOX_NAME) || 'label';
}

/** A name as long as NetBox takes it. What is longer is cut, and told apart by a hash of the whole. */
export function fitted(name: string, length: number): string {
  if (name.length <= length) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, length - 9)}~${hash}`;
}
