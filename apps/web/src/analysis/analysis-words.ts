import type { Schemas } from '@cloudpam/api-client';
import { countText, percentText, plural } from '../format/counts';

interface KindWords {
  readonly label: string;
  readonly about: string;
}

/** What people read for a kind of recommendation. */
export const KINDS = {
  duplicate: {
    label: 'Duplicate',
    about: 'Networks with the addresses of one in another VRF that they can reach',
  },
  shadowed: {
    label: 'Shadowed',
    about: 'Networks inside a larger one of another VRF that they can reach',
  },
  undersized: { label: 'Too small', about: 'Subnets whose hosts take nine of ten addresses' },
  fragmented: {
    label: 'In pieces',
    about: 'Pools whose free space is large enough for more than fits into it',
  },
  breaks_rules: { label: 'Breaks rules', about: 'Pools that the rules of their parent refuse' },
  oversized: { label: 'Too large', about: 'Subnets with four times the room their hosts need' },
  unused: { label: 'Unused', about: 'Pools with nothing in them for 90 days' },
} as const satisfies Record<Schemas['RecommendationKind'], KindWords>;

/** What people read for how much something matters. */
export const SEVERITIES = {
  high: { label: 'High', color: 'red' },
  medium: { label: 'Medium', color: 'yellow' },
  low: { label: 'Low', color: 'gray' },
} as const satisfies Record<Schemas['Severity'], { label: string; color: string }>;

/** How far free space is in pieces, in words. */
export function scoreText({ score, largest_free: largest }: Schemas['Fragmentation']): string {
  if (largest === null) return 'Nothing is free';
  if (score === 0) return 'In one piece';
  if (score < 0.1) return 'Hardly in pieces';
  return score < 0.5 ? 'Somewhat in pieces' : 'Badly in pieces';
}

/** What was seen, as a sentence. */
export function seenText({ kind, facts, related }: Schemas['Recommendation']): string {
  const others = (facts.vrfs ?? 1) > 1 ? `, and ${plural((facts.vrfs ?? 1) - 1, 'more VRF')}` : '';
  const of = related ? `${related.cidr} ${related.name}` : 'another network';
  const hosts = `${countText(facts.hosts_used ?? 0).short} of ${countText(facts.hosts_size ?? 0).short} hosts`;
  switch (kind) {
    case 'duplicate':
      return `Has the addresses of ${of} in a VRF that it can reach${others}.`;
    case 'shadowed':
      return `Lies inside ${of} in a VRF that it can reach${others}.`;
    case 'undersized':
      return `${hosts} are in use.`;
    case 'oversized':
      return `${hosts} are in use: a /${facts.prefix_length} is enough for twice as many.`;
    case 'fragmented':
      return (
        `Its free space would be a /${facts.packed_largest} in one piece; ` +
        `${facts.largest_free === null ? 'nothing' : `a /${facts.largest_free}`} is the largest free block, ` +
        `the usual one a /${facts.prefix_length} (score ${percentText(facts.score ?? 0)}).`
      );
    case 'breaks_rules':
      return `In ${of}: ${facts.breach ?? ''}.`;
    case 'unused':
      return `Nothing was in it for ${plural(facts.idle_days ?? 0, 'day')}.`;
  }
}

/** The name of the button that does what is recommended. */
export function actionText({ action }: Schemas['Recommendation']): string | undefined {
  switch (action?.type) {
    case 'merge':
      return 'Merge…';
    case 'resize':
      return 'Resize…';
    case 'move':
      return 'Move…';
    case 'reclaim':
      return 'Reclaim…';
    case 'edit':
      return 'Set tags…';
    default:
      return undefined;
  }
}

/** Why nothing can be done here. */
export function noActionText({ kind, facts }: Schemas['Recommendation']): string {
  if (facts.follows_cloud) return 'Change it in its cloud; discovery follows.';
  return kind === 'fragmented'
    ? 'No single move would join more of it.'
    : 'There is nothing to change here.';
}
