import type { SkippedRow } from '@cloudpam/import';

/** A table of NetBox whose rows have no place of their own here. */
export interface NotKept extends SkippedRow {
  /** As it is called. */
  readonly what: string;
}

/** What becomes of them, or of their names. */
export const NOT_KEPT = {
  sites: {
    what: 'sites',
    skip: 'not_kept',
    detail:
      'Sites are not kept: their names become the tag site of their prefixes, and the groups of their VLANs.',
  },
  roles: {
    what: 'roles',
    skip: 'not_kept',
    detail: 'Roles are not kept: their names become the tag role of their prefixes.',
  },
  rirs: {
    what: 'RIRs',
    skip: 'not_kept',
    detail: 'RIRs are not kept: their names become the tag rir of their aggregates.',
  },
  tags: {
    what: 'tags',
    skip: 'not_kept',
    detail: 'Tags are not kept by themselves: each becomes a tag of the prefixes that have it.',
  },
  tenants: {
    what: 'tenants',
    skip: 'not_kept',
    detail:
      'Tenants are not kept: their names become the tag tenant of their prefixes, or an account by words.tenant.',
  },
} as const satisfies Readonly<Record<string, NotKept>>;
