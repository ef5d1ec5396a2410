import type { Schemas } from '@cloudpam/api-client';
import { Anchor, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { CloudIdText, CloudText, PlacementMark, ResourceMarks } from './discovery-words';
import { IgnoredNote } from './ignored-note';
import { findingsOf } from './resource-findings';

/**
 * The account of a resource or network, and below it the region, with the placement when that says
 * more.
 */
export function PlaceCell({
  place,
}: {
  place: Pick<Schemas['Resource'], 'account_key' | 'region'> & Partial<Schemas['Resource']>;
}) {
  return (
    <>
      <div className="mono ellipsis" title={place.account_key}>
        {place.account_key}
      </div>
      <Text size="xs" c="dimmed">
        {place.region}{' '}
        <PlacementMark placement={place.placement} at={place.outpost ?? place.zone_id} />
      </Text>
    </>
  );
}

/**
 * The name of a resource or network, and below it what the cloud calls it; what is too long is
 * whole on hover.
 */
export function NameCell({
  name,
  externalId,
  note,
}: {
  name: string;
  externalId: string;
  note?: ReactNode;
}) {
  return (
    <>
      <div className="ellipsis" title={name}>
        {name}
      </div>
      <div className="ellipsis">
        {note && (
          <Text span size="xs" c="dimmed">
            {note}{' '}
          </Text>
        )}
        <CloudIdText id={externalId} />
      </div>
    </>
  );
}

/** How a resource stands, and what was found about it, shortly; what was ignored says so. */
export function ResourceState({ resource }: { resource: Schemas['Resource'] }) {
  return (
    <>
      <ResourceMarks resource={resource} />
      {findingsOf(resource).map(({ type, reason, ignored }) =>
        ignored ? (
          <IgnoredNote key={type} ignored={ignored} />
        ) : (
          <Text key={type} size="xs" c="dimmed" lineClamp={2}>
            <CloudText text={reason} />
          </Text>
        ),
      )}
    </>
  );
}

/** CIDR of a resource; it leads to its pool when there is one. */
export function ResourceCidr({ resource: { cidr, pool_id } }: { resource: Schemas['Resource'] }) {
  if (pool_id === null) return <span className="mono">{cidr}</span>;
  return (
    <Anchor component={Link} to={`/pools/${pool_id}`} className="mono">
      {cidr}
    </Anchor>
  );
}
