import { MultiSelect } from '@mantine/core';
import { useAccounts } from '../records/use-records';
import { PoolsSelect } from './pools-select';

interface LimitFieldsProps {
  readonly accounts: readonly string[];
  readonly pools: readonly number[];
  readonly onAccounts: (keys: string[]) => void;
  readonly onPools: (ids: number[]) => void;
  /** Why there can be no limits at all, or none to pools. */
  readonly refusal?: string;
  readonly poolRefusal?: string;
}

/** Chooses what a token or a user is limited to: accounts, and pools with everything below them. */
export function LimitFields({
  accounts,
  pools,
  onAccounts,
  onPools,
  refusal,
  poolRefusal = refusal,
}: LimitFieldsProps) {
  const known = useAccounts();
  const keys = [...new Set([...known.map(({ key }) => key), ...accounts])];
  const names = new Map(known.map(({ key, name }) => [key, `${name} (${key})`]));
  return (
    <>
      <MultiSelect
        size="xs"
        label="Accounts"
        description={refusal ?? 'Nothing chosen: all'}
        disabled={refusal !== undefined}
        data={keys.map((key) => ({ value: key, label: names.get(key) ?? key }))}
        value={[...accounts]}
        onChange={onAccounts}
        searchable
        clearable
      />
      <PoolsSelect value={pools} onChange={onPools} refusal={poolRefusal} />
    </>
  );
}
