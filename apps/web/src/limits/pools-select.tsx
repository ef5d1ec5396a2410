import { MultiSelect } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useSearch } from '../search/use-search';
import { useNamedPools } from './use-named-pools';

/** Chooses pools by what is typed; each stands for all below it. */
export function PoolsSelect({
  value,
  onChange,
  refusal,
}: {
  value: readonly number[];
  onChange: (ids: number[]) => void;
  refusal: string | undefined;
}) {
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text, 200);
  const { data } = useSearch(asked, 'pool');
  const chosen = useNamedPools(value);
  const found = text.trim() === '' ? [] : (data?.items ?? []).flatMap(({ pool }) => pool ?? []);
  const labels = new Map(
    [...found, ...chosen.values()].map((pool) => [pool.id, `${pool.cidr} ${pool.name}`]),
  );
  const ids = [...new Set([...value, ...found.map(({ id }) => id)])];
  return (
    <MultiSelect
      size="xs"
      label="Pools"
      description={refusal ?? 'With all below them; nothing chosen: all'}
      placeholder={
        refusal === undefined && value.length === 0
          ? 'Type a CIDR, an address or a name'
          : undefined
      }
      disabled={refusal !== undefined}
      data={ids.map((id) => ({ value: String(id), label: labels.get(id) ?? `pool ${id}` }))}
      value={value.map(String)}
      onChange={(next) => onChange(next.map(Number))}
      searchValue={text}
      onSearchChange={setText}
      // The server has searched; an address finds the pools around it.
      filter={({ options }) => options}
      nothingFoundMessage={text.trim() === '' ? undefined : 'No pool found'}
      hidePickedOptions
      searchable
      clearable
    />
  );
}
