import type { Schemas } from '@cloudpam/api-client';
import { Badge, Tooltip } from '@mantine/core';

/** The days of the week, Monday first, as a digest counts them from 1. */
export const WEEKDAYS = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

/** What people call the parts of a digest. */
export const SECTIONS: Readonly<Record<Schemas['DigestSection'], string>> = {
  findings: 'Findings',
  leases: 'Leases that end',
  forecasts: 'Pools that end soon',
};

/** An hour as a clock shows it: `07:00`. */
export function hourText(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}

/** When a digest is sent: `Mondays, 07:00, Europe/Berlin`. */
export function scheduleText({
  every,
  weekday,
  hour,
  time_zone,
}: Schemas['DigestSchedule']): string {
  const day = every === 'daily' ? 'Daily' : `${WEEKDAYS[(weekday ?? 1) - 1]}s`;
  return `${day}, ${hourText(hour)}, ${time_zone}`;
}

/** How a digest fares, with what went wrong last. */
export function DigestState({ digest }: { digest: Schemas['Digest'] }) {
  const { enabled, last_error: failure } = digest;
  const [label, color] = !enabled
    ? ['Off', 'gray']
    : failure === null
      ? ['On', 'teal']
      : ['Failed', 'orange'];
  return (
    <Tooltip label={failure} disabled={failure === null}>
      <Badge color={color} tabIndex={failure === null ? undefined : 0}>
        {label}
      </Badge>
    </Tooltip>
  );
}
