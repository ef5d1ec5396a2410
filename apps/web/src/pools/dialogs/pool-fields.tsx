import type { Schemas } from '@cloudpam/api-client';
import { Select, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { localText, momentOf } from '../../format/local-time';
import { useAccounts, useVlans } from '../../records/use-records';
import { vlanText } from '../../vlans/vlan-text';
import { TagsField } from '../../tags/tags-field';
import { choices, KINDS, STATUSES } from '../pool-words';

/** The fields of a pool that people set, but its place. */
export type PoolFields = Omit<Schemas['NewPool'], 'cidr' | 'vrf_id' | 'parent_id'>;

/** The fields of a pool while they are edited. */
export type PoolForm = Required<Omit<PoolFields, 'region' | 'expires_at' | 'rules'>> & {
  readonly region: string;
  /** As the browser's date field has it: local time, without a zone. */
  readonly expires: string;
};

/** A form with nothing filled in, or with what the pool has. */
export function poolForm(kind: Schemas['PoolKind'], pool?: Schemas['Pool']): PoolForm {
  return {
    name: pool?.name ?? '',
    kind: pool?.kind ?? kind,
    status: pool?.status ?? 'planned',
    account_id: pool?.account_id ?? null,
    region: pool?.region ?? '',
    description: pool?.description ?? '',
    tags: pool?.tags ?? {},
    vlan_id: pool?.vlan_id ?? null,
    expires: localText(pool?.expires_at ?? ''),
  };
}

/** The form for the server: what is empty is left out. */
export function filledFields(form: PoolForm): PoolFields {
  const all = allFields(form);
  const filled = Object.entries(all).filter(([, value]) => value !== null && value !== '');
  return { ...Object.fromEntries(filled), name: form.name.trim() };
}

/** The form for the server: what is empty is null, to take it away. */
export function allFields({ expires, region, name, ...rest }: PoolForm): PoolFields {
  return {
    ...rest,
    name: name.trim(),
    region: region.trim() || null,
    expires_at: momentOf(expires),
  };
}

interface PoolFieldsProps {
  readonly form: PoolForm;
  readonly onChange: (form: PoolForm) => void;
  readonly nameError?: string;
  readonly kinds?: readonly Schemas['PoolKind'][];
  /** What an empty account and region are taken from: the pool that the new one lies in. */
  readonly inherited?: Pick<Schemas['Pool'], 'account_id' | 'region'>;
  /** Keys that must have a value. */
  readonly requiredTags?: readonly string[];
}

/** Inputs for everything of a pool but its CIDR. */
export function PoolFieldInputs({
  form,
  onChange,
  nameError,
  kinds,
  inherited,
  requiredTags,
}: PoolFieldsProps) {
  const accounts = useAccounts();
  const vlans = useVlans();
  const inheritedAccount = accounts.find(({ id }) => id === inherited?.account_id);
  const set = (patch: Partial<PoolForm>): void => onChange({ ...form, ...patch });
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
        <TextInput
          label="Name"
          required
          value={form.name}
          error={nameError}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <Select
          label="Kind"
          data={choices(KINDS).filter(
            ({ value }) => !kinds || kinds.some((kind) => kind === value),
          )}
          value={form.kind}
          allowDeselect={false}
          onChange={(kind) => set({ kind: kind as Schemas['PoolKind'] })} // The choices are the kinds.
        />
        <Select
          label="Status"
          data={choices(STATUSES)}
          value={form.status}
          allowDeselect={false}
          onChange={(status) => set({ status: status as Schemas['PoolStatus'] })} // The choices are the statuses.
        />
        <Select
          label="Account"
          placeholder={inheritedAccount ? `As the pool: ${inheritedAccount.name}` : 'None'}
          data={accounts.map((account) => ({
            value: String(account.id),
            label: `${account.name} (${account.key})`,
          }))}
          value={form.account_id === null ? null : String(form.account_id)}
          onChange={(id) => set({ account_id: id === null ? null : Number(id) })}
          clearable
          searchable
        />
        <TextInput
          label="Region"
          placeholder={inherited?.region ? `As the pool: ${inherited.region}` : 'eu-west-1'}
          value={form.region}
          onChange={(event) => set({ region: event.currentTarget.value })}
        />
        <Select
          label="VLAN"
          placeholder="None"
          data={vlans.map((vlan) => ({
            value: String(vlan.id),
            label: vlanText(vlan),
          }))}
          value={form.vlan_id === null ? null : String(form.vlan_id)}
          onChange={(id) => set({ vlan_id: id === null ? null : Number(id) })}
          clearable
          searchable
        />
        <TextInput
          type="datetime-local"
          label="Expires"
          description="When its lease ends and its space is free again"
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={form.expires}
          onChange={(event) => set({ expires: event.currentTarget.value })}
        />
        <Textarea
          label="Description"
          autosize
          minRows={1}
          maxRows={4}
          value={form.description}
          onChange={(event) => set({ description: event.currentTarget.value })}
        />
      </SimpleGrid>
      <TagsField value={form.tags} onChange={(tags) => set({ tags })} required={requiredTags} />
    </>
  );
}
