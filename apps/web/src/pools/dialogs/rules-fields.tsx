import { Fieldset, NumberInput, SimpleGrid, TagsInput, Text } from '@mantine/core';
import type { Rules } from '../allocation-rules';

interface RulesFieldsProps {
  readonly value: Rules;
  readonly onChange: (rules: Rules) => void;
  readonly mistake: string | undefined;
}

/** Inputs for what holds for the direct children of a pool. */
export function RulesFields({ value, onChange, mistake }: RulesFieldsProps) {
  const length = (
    name: 'min_prefix_length' | 'max_prefix_length' | 'default_prefix_length',
    label: string,
    description: string,
  ) => (
    <NumberInput
      label={label}
      description={description}
      placeholder="Any"
      prefix="/"
      min={0}
      max={128}
      allowDecimal={false}
      value={value[name] ?? ''}
      onChange={(next) => onChange({ ...value, [name]: next === '' ? null : Number(next) })}
    />
  );
  return (
    <Fieldset legend="Rules for allocations in it" p="sm" pt={4} fz="sm">
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
        {length('min_prefix_length', 'Min prefix length', 'The widest block')}
        {length('max_prefix_length', 'Max prefix length', 'The narrowest block')}
        {length('default_prefix_length', 'Default prefix length', 'Offered first')}
      </SimpleGrid>
      <TagsInput
        mt="sm"
        label="Required tags"
        description="Keys that every allocation must have; what discovery brings without them is a finding"
        placeholder={value.required_tags.length === 0 ? 'env' : undefined}
        value={[...value.required_tags]}
        onChange={(tags) => onChange({ ...value, required_tags: tags })}
      />
      <NumberInput
        mt="sm"
        label="Quarantine, in days"
        description="How long what is deleted in it is kept from others; empty: as the pool around it says"
        min={0}
        max={3650}
        allowDecimal={false}
        value={value.quarantine_days ?? ''}
        onChange={(next) =>
          onChange({ ...value, quarantine_days: next === '' ? null : Number(next) })
        }
      />
      {mistake && (
        <Text size="xs" c="var(--mantine-color-error)" mt={6} role="alert">
          {mistake}
        </Text>
      )}
    </Fieldset>
  );
}
