import type { Schemas } from '@cloudpam/api-client';
import { Select } from '@mantine/core';
import { notifyDone, notifyFailed } from '../actions/notify';
import { accountsApi } from '../api/accounts';
import { useWrite } from '../api/use-write';
import { intervalText } from '../format/intervals';
import { useRefusal } from '../session/use-me';
import { POLICIES } from './discovery-words';

const DEFAULT = 'default';
const INTERVALS = [900, 3_600, 21_600, 43_200, 86_400, 604_800] as const;

type Patch = Partial<Pick<Schemas['Account'], 'discovery_policy' | 'discovery_interval'>>;

function useAccountPatch(account: Schemas['Account'] | undefined) {
  const refusal = useRefusal('accounts:write');
  const save = useWrite(
    async (patch: Patch) => account && accountsApi.change(account, patch),
    () => notifyDone(`Saved ${account?.name ?? 'the account'}`),
  );
  return {
    reason: refusal ?? (account ? undefined : 'The account is still loading.'),
    save: (patch: Patch): void => save.mutate(patch, { onError: notifyFailed }),
    busy: save.isPending,
  };
}

/**
 * What happens by itself with what is discovered in an account; the server's policy unless the
 * account has its own.
 */
export function PolicySelect({
  account,
  serverPolicy,
}: {
  account: Schemas['Account'] | undefined;
  serverPolicy: Schemas['DiscoveryPolicy'];
}) {
  const { reason, save, busy } = useAccountPatch(account);
  const words = POLICIES[account?.discovery_policy ?? serverPolicy];
  return (
    <Select
      aria-label={`Policy of ${account?.key ?? 'account'}`}
      title={reason ?? `${words.label}: ${words.about}`}
      disabled={reason !== undefined || busy}
      data={[
        { value: DEFAULT, label: `Server: ${POLICIES[serverPolicy].label.toLowerCase()}` },
        ...Object.entries(POLICIES).map(([value, { label }]) => ({ value, label })),
      ]}
      renderOption={({ option }) => (
        <span>
          {option.label}
          <span style={{ color: 'var(--mantine-color-dimmed)' }}>
            {option.value !== DEFAULT &&
              `: ${POLICIES[option.value as Schemas['DiscoveryPolicy']].about}`}
          </span>
        </span>
      )}
      comboboxProps={{ width: 270, position: 'bottom-start' }}
      value={account?.discovery_policy ?? DEFAULT}
      allowDeselect={false}
      onChange={(value) =>
        save({ discovery_policy: value === DEFAULT ? null : (value as Schemas['DiscoveryPolicy']) })
      } // The other choices are the policies.
    />
  );
}

/** How often an account is to be discovered: after more than that it counts as unseen. */
export function IntervalSelect({
  account,
  serverInterval,
}: {
  account: Schemas['Account'] | undefined;
  serverInterval: number;
}) {
  const { reason, save, busy } = useAccountPatch(account);
  const own = account?.discovery_interval ?? null;
  const seconds = [...new Set([...INTERVALS, ...(own === null ? [] : [own])])].sort(
    (a, b) => a - b,
  );
  return (
    <Select
      aria-label={`Interval of ${account?.key ?? 'account'}`}
      title={reason ?? 'An account that was not discovered for longer than this is a finding.'}
      disabled={reason !== undefined || busy}
      data={[
        {
          value: DEFAULT,
          label: serverInterval === 0 ? 'Server: none' : `Server: ${intervalText(serverInterval)}`,
        },
        ...seconds.map((each) => ({ value: String(each), label: intervalText(each) })),
      ]}
      value={own === null ? DEFAULT : String(own)}
      allowDeselect={false}
      onChange={(value) => save({ discovery_interval: value === DEFAULT ? null : Number(value) })}
    />
  );
}
