import type { Schemas } from '@cloudpam/api-client';
import { Badge, Text } from '@mantine/core';
import {
  IconAlertOctagon,
  IconAlertTriangle,
  IconBan,
  IconBolt,
  IconCircleCheck,
  IconCircleX,
  IconClock,
  IconCloudOff,
  IconCopyOff,
  IconEye,
  IconEyeOff,
  IconInfoCircle,
  IconLink,
  IconLoader,
  IconMapPin,
  IconRulerMeasure,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { readableText } from './readable-text';

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
} as const satisfies Record<Schemas['Coverage'], Mark>;

const MANAGEMENTS = {
  managed: { label: 'Managed', color: 'teal', icon: <IconLink size={SIZE} /> },
  unmanaged: { label: 'Unmanaged', color: 'gray', icon: <IconEye size={SIZE} /> },
  ignored: { label: 'Ignored', color: 'gray', icon: <IconEyeOff size={SIZE} /> },
  pending: { label: 'Pending', color: 'blue', icon: <IconClock size={SIZE} /> },
} as const satisfies Record<Schemas['Resource']['management'], Mark>;

/** What people read for a type of finding, and what it means. */
export const FINDINGS = {
  overlap: {
    label: 'Overlaps',
    about: 'A cloud block that cannot lie in the tree, because it overlaps another one',
  },
  drift: { label: 'Drift', about: 'The cloud and the pool say different things' },
  orphan: {
    label: 'Orphans',
    about: 'Gone from the cloud; the pool is kept and its space stays taken',
  },
  conflict: {
    label: 'Conflicts',
    about: 'Takes space that was reserved or planned for something else',
  },
  unmanaged: { label: 'Unmanaged', about: 'Seen in the cloud, without a pool' },
  compliance: { label: 'Compliance', about: 'Breaks the allocation rules of the pool above' },
  unseen: {
    label: 'Unseen',
    about: 'Regions of accounts that were not discovered for longer than their schedule',
  },
  lease_ends: {
    label: 'Leases',
    about:
      'Pools and addresses whose lease ends within two weeks, or is over and something is in the way',
  },
  stale_address: {
    label: 'Stale records',
    about: 'Active address records in listed subnets, whose address nothing in the cloud has',
  },
  unknown_address: {
    label: 'Unknown hosts',
    about: 'Addresses in use without a record, in subnets whose addresses have records',
  },
  webhook_paused: {
    label: 'Paused webhooks',
    about: 'Webhooks that are told nothing any more, as nobody takes what they send',
  },
  exhausts_soon: {
    label: 'Ends soon',
    about: 'Pools into which a block of their usual length soon no longer fits, at their growth',
  },
} as const satisfies Record<Schemas['FindingType'], { label: string; about: string }>;

const SEVERITIES = {
  critical: { label: 'Critical', color: 'red', icon: <IconAlertOctagon size={SIZE} /> },
  warning: { label: 'Warning', color: 'orange', icon: <IconAlertTriangle size={SIZE} /> },
  info: { label: 'Info', color: 'gray', icon: <IconInfoCircle size={SIZE} /> },
} as const satisfies Record<Schemas['FindingSeverity'], Mark>;

/** What people read for a policy, and what it means. */
export const POLICIES = {
  auto: { label: 'Auto', about: 'what fits becomes a pool by itself' },
  approve: { label: 'Approve', about: 'what fits waits for a person' },
  observe: { label: 'Observe', about: 'nothing becomes a pool by itself' },
} as const satisfies Record<Schemas['DiscoveryPolicy'], { label: string; about: string }>;

const JOBS = {
  queued: { label: 'Queued', color: 'gray', icon: <IconClock size={SIZE} /> },
  running: { label: 'Running', color: 'blue', icon: <IconLoader size={SIZE} /> },
  succeeded: { label: 'Succeeded', color: 'teal', icon: <IconCircleCheck size={SIZE} /> },
  partial: { label: 'Partial', color: 'orange', icon: <IconAlertTriangle size={SIZE} /> },
  failed: { label: 'Failed', color: 'red', icon: <IconCircleX size={SIZE} /> },
  cancelled: { label: 'Cancelled', color: 'gray', icon: <IconBan size={SIZE} /> },
} as const satisfies Record<Schemas['Job']['status'], Mark>;

export const JOB_STATUSES = Object.entries(JOBS).map(([value, { label }]) => ({ value, label }));

const AGENTS = {
  online: { label: 'Online', color: 'teal', icon: <IconBolt size={SIZE} /> },
  offline: { label: 'Offline', color: 'gray', icon: <IconCloudOff size={SIZE} /> },
} as const satisfies Record<Schemas['Agent']['status'], Mark>;

const PLACEMENTS = {
  local_zone: 'Local zone',
  wavelength_zone: 'Wavelength zone',
  outpost: 'Outpost',
} as const satisfies Record<Exclude<Schemas['Resource']['placement'], 'region'>, string>;

/** How far a job has come. */
export function JobMark({ status }: { status: Schemas['Job']['status'] }) {
  return <MarkBadge mark={JOBS[status]} />;
}

/** Whether an agent was heard of lately. */
export function AgentMark({ status }: { status: Schemas['Agent']['status'] }) {
  return <MarkBadge mark={AGENTS[status]} />;
}

/** Where a resource stands when that isn't simply its region. */
export function PlacementMark({
  placement = 'region',
  at,
}: {
  placement?: Schemas['Resource']['placement'];
  at: string | null | undefined;
}) {
  if (placement === 'region') return null;
  return (
    <MarkBadge
      mark={{ label: PLACEMENTS[placement], color: 'grape', icon: <IconMapPin size={SIZE} /> }}
      title={at}
    />
  );
}

/** A text of the server with the long links of clouds and moments shortened; the whole on hover. */
export function CloudText({ text }: { text: string }) {
  const short = readableText(text);
  return (
    <span title={short === text ? undefined : text} style={{ overflowWrap: 'anywhere' }}>
      {short}
    </span>
  );
}

/** How much a finding matters. */
export function SeverityMark({ severity }: { severity: Schemas['FindingSeverity'] }) {
  return <MarkBadge mark={SEVERITIES[severity]} />;
}

/** Whether a scope was read completely. */
export function CoverageMark({ coverage }: { coverage: Schemas['Coverage'] }) {
  return <MarkBadge mark={COVERAGES[coverage]} />;
}

/**
 * The axes of a resource: who manages it, whether it overlaps, is as planned and keeps the rules;
 * reasons on hover.
 */
export function ResourceMarks({ resource }: { resource: Schemas['Resource'] }) {
  const {
    management,
    management_reason,
    overlap_status,
    overlap_reason,
    sync_status,
    sync_reason,
    conflict,
    compliance,
    ignored,
  } = resource;
  return (
    <span style={{ display: 'inline-flex', flexWrap: 'wrap', gap: 4 }}>
      <MarkBadge mark={MANAGEMENTS[management]} title={management_reason} />
      {overlap_status === 'overlapping' && (
        <MarkBadge
          mark={{ label: 'Overlaps', color: 'orange', icon: <IconCopyOff size={SIZE} /> }}
          title={overlap_reason}
        />
      )}
      {overlap_status === 'ignored' && (
        <MarkBadge
          mark={{ label: 'Overlap ignored', color: 'gray', icon: <IconEyeOff size={SIZE} /> }}
          title={overlap_reason}
        />
      )}
      {sync_status === 'drift' && (
        <MarkBadge
          mark={{ label: 'Drift', color: 'orange', icon: <IconAlertTriangle size={SIZE} /> }}
          title={sync_reason}
        />
      )}
      {sync_status === 'orphaned' && (
        <MarkBadge
          mark={{ label: 'Orphaned', color: 'red', icon: <IconCloudOff size={SIZE} /> }}
          title={sync_reason}
        />
      )}
      {conflict !== '' && (
        <MarkBadge
          mark={{
            label: 'Conflict',
            color: ignored['conflict'] ? 'gray' : 'orange',
            icon: <IconBan size={SIZE} />,
          }}
          title={conflict}
        />
      )}
      {compliance !== '' && (
        <MarkBadge
          mark={{
            label: 'Breaks rules',
            color: ignored['compliance'] ? 'gray' : 'orange',
            icon: <IconRulerMeasure size={SIZE} />,
          }}
          title={compliance}
        />
      )}
    </span>
  );
}

/** The end of a cloud id, which is what people know it by; the whole on hover. */
export function CloudIdText({ id }: { id: string }) {
  return (
    <Text
      span
      size="xs"
      c="dimmed"
      className="mono"
      title={id}
      style={{ overflowWrap: 'anywhere' }}
    >
      {id.split('/').at(-1)}
    </Text>
  );
}

function MarkBadge({ mark, title }: { mark: Mark; title?: string | null }) {
  return (
    <Badge color={mark.color} leftSection={mark.icon} title={title ?? undefined}>
      {mark.label}
    </Badge>
  );
}
