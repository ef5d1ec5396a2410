import type { Schemas } from '@cloudpam/api-client';
import {
  IconAlertTriangle,
  IconArchive,
  IconBox,
  IconCircleDashed,
  IconCircleFilled,
  IconCloud,
  IconCloudOff,
  IconHourglass,
  IconSitemap,
  IconStack2,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { momentText } from '../format/ages';

interface Word {
  readonly label: string;
  readonly about: string;
  readonly icon: ReactNode;
  readonly color?: string;
}

const SIZE = 13;

/** What people read for a kind of pool. */
export const KINDS = {
  container: { label: 'Container', about: 'Space to plan in', icon: <IconBox size={SIZE} /> },
  vpc: { label: 'VPC', about: 'A block of a cloud network', icon: <IconCloud size={SIZE} /> },
  subnet: { label: 'Subnet', about: 'A subnet', icon: <IconSitemap size={SIZE} /> },
  secondary_range: {
    label: 'Secondary',
    about: 'Secondary range of a GCP subnet: pods or services',
    icon: <IconStack2 size={SIZE} />,
  },
  reservation: {
    label: 'Reserved',
    about: 'Held, with no cloud resource behind it',
    icon: <IconHourglass size={SIZE} />,
  },
} as const satisfies Record<Schemas['PoolKind'], Word>;

/** What people read for a status. */
export const STATUSES = {
  planned: {
    label: 'Planned',
    about: 'Not in use yet',
    icon: <IconCircleDashed size={SIZE} />,
    color: 'blue',
  },
  active: { label: 'Active', about: 'In use', icon: <IconCircleFilled size={9} />, color: 'teal' },
  deprecated: {
    label: 'Deprecated',
    about: 'To be given up',
    icon: <IconArchive size={SIZE} />,
    color: 'gray',
  },
} as const satisfies Record<Schemas['PoolStatus'], Word>;

/** What people read for the state against the cloud. */
export const SYNCS = {
  synced: {
    label: 'Synced',
    about: 'As in the cloud',
    icon: <IconCloud size={SIZE} />,
    color: 'teal',
  },
  drift: {
    label: 'Drift',
    about: 'The cloud says something else',
    icon: <IconAlertTriangle size={SIZE} />,
    color: 'orange',
  },
  orphaned: {
    label: 'Orphaned',
    about: 'Gone from the cloud; its space stays taken',
    icon: <IconCloudOff size={SIZE} />,
    color: 'red',
  },
} as const satisfies Record<Schemas['SyncStatus'], Word>;

/** Which free block an allocation takes. */
export const STRATEGIES = {
  first_fit: 'First fit: lowest address',
  best_fit: 'Best fit: smallest free block',
  last_fit: 'Last fit: highest address',
} as const satisfies Record<Schemas['Strategy'], string>;

/** Choices for a select out of words. */
export function choices(words: Readonly<Record<string, { readonly label: string } | string>>) {
  return Object.entries(words).map(([value, word]) => ({
    value,
    label: typeof word === 'string' ? word : word.label,
  }));
}

/** Icon and label of a word. */
export function WordMark({ word, title = word.about }: { word: Word; title?: string }) {
  const color = word.color ? `var(--mantine-color-${word.color}-text)` : undefined;
  return (
    <span
      title={title}
      style={{
        display: 'inline-flex',
        verticalAlign: 'middle',
        alignItems: 'center',
        gap: 5,
        whiteSpace: 'nowrap',
      }}
    >
      <span
        aria-hidden
        style={{
          display: 'inline-flex',
          width: SIZE,
          justifyContent: 'center',
          color: color ?? 'var(--mantine-color-dimmed)',
        }}
      >
        {word.icon}
      </span>
      {word.label}
    </span>
  );
}

/**
 * True while a live cloud resource stands behind the pool: its CIDR changes there, and it can't be
 * deleted here.
 */
export function isCloudOwned(pool: Schemas['Pool']): boolean {
  return pool.source === 'discovered' && pool.sync_status !== 'orphaned';
}

/** The state that matters: trouble with the cloud first, then the status people gave. */
export function PoolState({ pool }: { pool: Schemas['Pool'] }) {
  const seen = pool.last_sync_at ? `; last seen ${momentText(pool.last_sync_at)}` : '';
  if (pool.sync_status === 'drift' || pool.sync_status === 'orphaned') {
    const word = SYNCS[pool.sync_status];
    return <WordMark word={word} title={`${word.about}${seen}`} />;
  }
  const word = STATUSES[pool.status];
  return (
    <WordMark
      word={word}
      title={
        pool.sync_status ? `${word.about}; ${SYNCS[pool.sync_status].about}${seen}` : word.about
      }
    />
  );
}
