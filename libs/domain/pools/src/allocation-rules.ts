import { familyBits, type Cidr } from '@cloudpam/cidr';
import { PoolError } from './pool-error';
import type { AllocationRules, Tags } from './pool';

const MOST_REQUIRED_TAGS = 32;
/** Ten years. */
export const MOST_QUARANTINE_DAYS = 3_650;

/** Rules that one of the pool's blocks can keep. @throws PoolError `invalid_rules` */
export function checkRules(within: Cidr, rules: AllocationRules | null | undefined): void {
  if (!rules) return;
  const { minPrefixLength: min, maxPrefixLength: max, defaultPrefixLength: standard } = rules;
  const bits = familyBits(within.family);
  const wrong = (detail: string): PoolError =>
    new PoolError('invalid_rules', detail, { field: 'rules' });
  for (const [name, value] of [
    ['min_prefix_length', min],
    ['max_prefix_length', max],
    ['default_prefix_length', standard],
  ] as const) {
    if (value !== null && (value <= within.prefixLength || value > bits)) {
      throw wrong(
        `${name} must be from /${within.prefixLength + 1} to /${bits} in a pool of ` +
          `/${within.prefixLength}; /${value} is not.`,
      );
    }
  }
  if (min !== null && max !== null && min > max)
    throw wrong(
      `min_prefix_length /${min} is longer than max_prefix_length /${max}: no block keeps both.`,
    );
  if (standard !== null && ((min !== null && standard < min) || (max !== null && standard > max))) {
    throw wrong(
      `default_prefix_length /${standard} is not between min_prefix_length and max_prefix_length.`,
    );
  }
  const days = rules.quarantineDays ?? null;
  if (days !== null && (!Number.isInteger(days) || days < 0 || days > MOST_QUARANTINE_DAYS))
    throw wrong(`quarantine_days is from 0 to ${MOST_QUARANTINE_DAYS}.`);
  if (rules.requiredTags.length > MOST_REQUIRED_TAGS)
    throw wrong(`required_tags has at most ${MOST_REQUIRED_TAGS} entries.`);
}

/** The rules of a pool as a piece of it can have them: without prefix lengths that no block of the piece has. */
export function rulesWithin(piece: Cidr, rules: AllocationRules | null): AllocationRules | null {
  if (!rules) return null;
  const inside = (length: number | null): number | null =>
    length !== null && length > piece.prefixLength ? length : null;
  return {
    ...rules,
    minPrefixLength: inside(rules.minPrefixLength),
    maxPrefixLength: inside(rules.maxPrefixLength),
    defaultPrefixLength: inside(rules.defaultPrefixLength),
  };
}

/** Whether two pools have the same rules. */
export function haveSameRules(a: AllocationRules | null, b: AllocationRules | null): boolean {
  const key = (rules: AllocationRules | null): string =>
    JSON.stringify([
      rules?.minPrefixLength ?? null,
      rules?.maxPrefixLength ?? null,
      rules?.defaultPrefixLength ?? null,
      [...(rules?.requiredTags ?? [])].sort(),
      rules?.quarantineDays ?? null,
    ]);
  return key(a) === key(b);
}

/** What of a child breaks the rules of its pool, as a sentence; undefined when nothing does. */
export function breachOf(
  rules: AllocationRules | null,
  child: { readonly prefixLength: number; readonly tags: Tags },
): string | undefined {
  if (!rules) return undefined;
  const { minPrefixLength: min, maxPrefixLength: max } = rules;
  // A tag may have the name of something that every object has.
  const missing = rules.requiredTags.filter(
    (key) => !Object.hasOwn(child.tags, key) || !child.tags[key],
  );
  const breaches = [
    ...(min !== null && child.prefixLength < min
      ? [`/${child.prefixLength} is wider than /${min}`]
      : []),
    ...(max !== null && child.prefixLength > max
      ? [`/${child.prefixLength} is narrower than /${max}`]
      : []),
    ...(missing.length > 0
      ? [
          `the tag${missing.length === 1 ? '' : 's'} ${missing.join(', ')} ` +
            `${missing.length === 1 ? 'is' : 'are'} missing`,
        ]
      : []),
  ];
  return breaches.length > 0 ? breaches.join('; ') : undefined;
}
