import { Badge, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconClock, IconCloudOff, IconCopyOff, IconEye, IconEyeOff, IconLink } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Coverage, FindingType, Management, Resource } from '../api/wire-discovery';

const SIZE = 12;

interface Mark {
  readonly label: string;
  readonly color: string;
  readonly icon: ReactNode;
}

const COVERAGES = {
  complete: { label: 'Complete', color: 'teal', icon: <IconCircleCheck size={SIZE} /> },
  partial: { label: 'Partial', color: 'orange', icon: <IconAlertTriangle size={SIZE} /> },
  failed: { label: 'Failed', color: 'red', icon: <IconCircleX size={SIZE} /> },
} as const satisfies Record<Coverage, Mark>;

const MANAGEMENTS = {
  managed: { label: 'Managed', color: 'teal', icon: <IconLink size={SIZE} /> },
  unmanaged: { label: 'Unmanaged', color: 'gray', icon: <IconEye size={SIZE} /> },
  ignored: { label: 'Ignored', color: 'gray', icon: <IconEyeOff size={SIZE} /> },
  pending: { label: 'Pending', color: 'blue', icon: <IconClock size={SIZE} /> },
} as const satisfies Record<Management, Mark>;

/** What people read for a type of finding, and what it means. */
export const FINDINGS = {
  overlap: { label: 'Overlaps', about: 'A cloud block that cannot lie in the tree, because it overlaps another one' },
  drift: { label: 'Drift', about: 'The cloud and the pool say different things' },
  orphan: { label: 'Orphans', about: 'Gone from the cloud; the pool is kept and its space stays taken' },
  unmanaged: { label: 'Unmanaged', about: 'Seen in the cloud, without a pool' },
} as const satisfies Record<FindingType, { label: string; about: string }>;

/** Whether a scope was read completely. */
export function CoverageMark({ coverage }: { coverage: Coverage }) {
  return <MarkBadge mark={COVERAGES[coverage]} />;
}

/** The three axes of a resource: who manages it, whether it overlaps, whether it is as planned; reasons on hover. */
export function ResourceMarks({ resource }: { resource: Resource }) {
  const { management, management_reason, overlap_status, overlap_reason, sync_status, sync_reason } = resource;
  return (
    <span style={{ display: 'inline-flex', gap: 4 }}>
      <MarkBadge mark={MANAGEMENTS[management]} title={management_reason} />
      {overlap_status === 'overlapping' && (
        <MarkBadge mark={{ label: 'Overlaps', color: 'orange', icon: <IconCopyOff size={SIZE} /> }} title={overlap_reason} />
      )}
      {overlap_status === 'ignored' && (
        <MarkBadge mark={{ label: 'Overlap ignored', color: 'gray', icon: <IconEyeOff size={SIZE} /> }} title={overlap_reason} />
      )}
      {sync_status === 'drift' && (
        <MarkBadge mark={{ label: 'Drift', color: 'orange', icon: <IconAlertTriangle size={SIZE} /> }} title={sync_reason} />
      )}
      {sync_status === 'orphaned' && (
        <MarkBadge mark={{ label: 'Orphaned', color: 'red', icon: <IconCloudOff size={SIZE} /> }} title={sync_reason} />
      )}
    </span>
  );
}

/** The end of a cloud id, which is what people know it by; the whole on hover. */
export function CloudIdText({ id }: { id: string }) {
  return (
    <Text span size="xs" c="dimmed" className="mono" title={id}>
      {id.split('/').at(-1)}
    </Text>
  );
}

function MarkBadge({ mark, title }: { mark: Mark; title?: string | null }) {
  return (
    <Badge color={mark.color} leftSection={mark.icon} title={title ?? undefined} style={{ flexShrink: 0 }}>
      {mark.label}
    </Badge>
  );
}
