import type { Schemas } from '@cloudpam/api-client';
import { familyBits, parseCidr } from '@cloudpam/cidr';
import { likelyPrefix, prefixChoices } from './prefix-lengths';
import type { PrefixChoice } from './prefix-lengths';

/** What holds for the direct children of a pool; lengths in prefix bits. */
export type Rules = Readonly<Required<Schemas['Rules']>>;

export const NO_RULES: Rules = {
  min_prefix_length: null,
  max_prefix_length: null,
  default_prefix_length: null,
  required_tags: [],
  quarantine_days: null,
};

/** The rules of a pool, with everything that the server may leave out. */
export function rulesOf({ rules }: Pick<Schemas['Pool'], 'rules'>): Rules {
  return { ...NO_RULES, ...rules };
}

/** Whether rules ask for anything. */
export function hasRules({
  min_prefix_length,
  max_prefix_length,
  default_prefix_length,
  required_tags,
  quarantine_days,
}: Rules): boolean {
  return (
    min_prefix_length !== null ||
    max_prefix_length !== null ||
    default_prefix_length !== null ||
    required_tags.length > 0 ||
    quarantine_days !== null
  );
}

/** Rules in a line: `/20 to /26, usually /24; tags env, team`. */
export function rulesText({
  min_prefix_length: min,
  max_prefix_length: max,
  default_prefix_length: usual,
  required_tags: tags,
  quarantine_days: days,
}: Rules): string {
  const range =
    min !== null && max !== null
      ? min === max
        ? `/${min} only`
        : `/${min} to /${max}`
      : min !== null
        ? `/${min} or smaller`
        : max !== null
          ? `/${max} or larger`
          : '';
  const lengths = [range, usual === null ? '' : `usually /${usual}`]
    .filter((text) => text !== '')
    .join(', ');
  return [
    lengths,
    tags.length === 0 ? '' : `${tags.length === 1 ? 'tag' : 'tags'} ${tags.join(', ')}`,
    days === null ? '' : days === 0 ? 'no quarantine' : `quarantine ${days} d`,
  ]
    .filter((text) => text !== '')
    .join('; ');
}

/**
 * What is wrong with rules for a pool, as a sentence; undefined when a block can keep them. The
 * server checks the same.
 */
export function rulesMistake(
  cidr: string,
  { min_prefix_length: min, max_prefix_length: max, default_prefix_length: usual }: Rules,
): string | undefined {
  const { family, prefixLength } = parseCidr(cidr);
  const bits = familyBits(family);
  const outside = [min, max, usual].find(
    (length) => length !== null && (length <= prefixLength || length > bits),
  );
  if (outside !== undefined)
    return `In a /${prefixLength} lengths go from /${prefixLength + 1} to /${bits}; /${outside} does not.`;
  if (min !== null && max !== null && min > max)
    return `The widest block, /${min}, is narrower than the narrowest, /${max}.`;
  if (usual !== null && ((min !== null && usual < min) || (max !== null && usual > max)))
    return `The usual /${usual} is not between the widest and the narrowest.`;
  return undefined;
}

/**
 * Prefix lengths to choose inside a block; what the rules refuse is disabled and says why.
 * @param whole whether the block itself can be taken: a free block can, a pool cannot
 */
export function ruledChoices(
  cidr: string,
  { min_prefix_length: min, max_prefix_length: max }: Rules,
  whole: boolean,
): (PrefixChoice & { readonly disabled: boolean })[] {
  return prefixChoices(cidr, whole).map(({ value, label }) => {
    const length = Number(value);
    const why =
      min !== null && length < min
        ? `wider than /${min}`
        : max !== null && length > max
          ? `narrower than /${max}`
          : undefined;
    return {
      value,
      label: why === undefined ? label : `${label}: ${why}`,
      disabled: why !== undefined,
    };
  });
}

/**
 * The prefix length to begin with inside a block: the usual one of the rules, or a likely one that
 * they allow.
 * @param whole whether the block itself can be taken
 */
export function startPrefix(
  cidr: string,
  { min_prefix_length: min, max_prefix_length: max, default_prefix_length: usual }: Rules,
  whole: boolean,
): number {
  const { family, prefixLength } = parseCidr(cidr);
  const widest = Math.min(whole ? prefixLength : prefixLength + 1, familyBits(family));
  const wanted = Math.max(usual ?? likelyPrefix(cidr), widest);
  return Math.max(widest, Math.min(Math.max(wanted, min ?? wanted), max ?? 128));
}

/** The required tags that are not filled in. */
export function missingTags(
  { required_tags }: Rules,
  tags: Schemas['Pool']['tags'],
): readonly string[] {
  // A tag may have the name of something that every object has.
  return required_tags.filter((key) => !Object.hasOwn(tags, key) || !tags[key]?.trim());
}
