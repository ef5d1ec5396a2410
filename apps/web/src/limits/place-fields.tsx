import type { Schemas } from '@cloudpam/api-client';
import { MultiSelect, TagsInput } from '@mantine/core';
import { useAccounts, useVrfs } from '../records/use-records';
import { PoolsSelect } from './pools-select';

/** What a person fills in of a filter by places. */
export interface PlaceForm {
  readonly vrfs: readonly string[];
  readonly accounts: readonly string[];
  readonly pools: readonly number[];
  readonly tags: readonly string[];
}

type PlaceFilter = Required<Schemas['DigestFilter']>;

/** The form of a filter, or of a new one: of everything. */
export function placeForm(filter: Schemas['DigestFilter'] = {}): PlaceForm {
  return {
    vrfs: (filter.vrf_ids ?? []).map(String),
    accounts: (filter.account_ids ?? []).map(String),
    pools: filter.pool_ids ?? [],
    tags: filter.tags ?? [],
  };
}

/** The filter that a form asks for. */
export function placeFilterOf({ vrfs, accounts, pools, tags }: PlaceForm): PlaceFilter {
  return {
    vrf_ids: vrfs.map(Number),
    account_ids: accounts.map(Number),
    pool_ids: [...pools],
    tags: [...tags],
  };
}

/** Chooses the VRFs, accounts, pools and tags that something is about; nothing chosen is everything. */
export function PlaceFields({
  form,
  set,
  tagsAre,
}: {
  form: PlaceForm;
  set: (patch: Partial<PlaceForm>) => void;
  tagsAre: string;
}) {
  const vrfs = useVrfs();
  const accounts = useAccounts();
  return (
    <>
      <MultiSelect
        size="xs"
        label="VRFs"
        description="Nothing chosen: all"
        data={vrfs.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={[...form.vrfs]}
        onChange={(chosen) => set({ vrfs: chosen })}
        searchable
        clearable
      />
      <MultiSelect
        size="xs"
        label="Accounts"
        description="Nothing chosen: all"
        data={accounts.map(({ id, name, key }) => ({
          value: String(id),
          label: `${name} (${key})`,
        }))}
        value={[...form.accounts]}
        onChange={(chosen) => set({ accounts: chosen })}
        searchable
        clearable
      />
      <PoolsSelect value={form.pools} onChange={(pools) => set({ pools })} refusal={undefined} />
      <TagsInput
        label="Tags"
        description={tagsAre}
        placeholder={form.tags.length === 0 ? 'env:prod' : undefined}
        value={[...form.tags]}
        onChange={(tags) => set({ tags })}
      />
    </>
  );
}
