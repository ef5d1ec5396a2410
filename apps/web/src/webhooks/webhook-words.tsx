import type { Schemas } from '@cloudpam/api-client';
import { Badge, Tooltip } from '@mantine/core';

type State = Schemas['WebhookState'];
type Status = Schemas['DeliveryStatus'];

const STATES: Readonly<Record<State, { readonly label: string; readonly color: string }>> = {
  ok: { label: 'OK', color: 'teal' },
  retrying: { label: 'Retrying', color: 'orange' },
  paused: { label: 'Paused', color: 'gray' },
};

/** How a webhook is, and on hover what went wrong last. */
export function WebhookStateBadge({ webhook }: { webhook: Schemas['Webhook'] }) {
  const { label, color } = STATES[webhook.state];
  return (
    <Tooltip label={webhook.failure} disabled={webhook.failure === null}>
      <Badge color={color} tabIndex={webhook.failure === null ? undefined : 0}>
        {label}
      </Badge>
    </Tooltip>
  );
}

/** What people call the states of a delivery. */
export const DELIVERY_STATUSES: Readonly<
  Record<Status, { readonly label: string; readonly color: string }>
> = {
  waiting: { label: 'Waiting', color: 'orange' },
  delivered: { label: 'Delivered', color: 'teal' },
  dead: { label: 'Given up', color: 'red' },
};

/** What people call the bodies that a webhook is sent. */
export const TEMPLATES: Readonly<Record<Schemas['TemplateKind'], string>> = {
  cloudevents: 'CloudEvents (JSON)',
  slack: 'Slack',
  teams: 'Microsoft Teams',
  pagerduty: 'PagerDuty',
  custom: 'A template of your own',
};

/** What a webhook is told of, in a few words. */
export function filterWords(filter: Schemas['EventFilter']): string {
  const { types = [], vrf_ids, account_ids, pool_ids, tags = [], severities = [] } = filter;
  const counted = (ids: readonly number[] | undefined, one: string): string[] => {
    const count = ids?.length ?? 0;
    return count === 0 ? [] : [`${count} ${one}${count === 1 ? '' : 's'}`];
  };
  const words = [
    types.join(', '),
    ...counted(vrf_ids, 'VRF'),
    ...counted(account_ids, 'account'),
    ...counted(pool_ids, 'pool'),
    tags.join(', '),
    severities.join(', '),
  ].filter(Boolean);
  return words.length === 0 ? 'Everything' : words.join(' · ');
}
