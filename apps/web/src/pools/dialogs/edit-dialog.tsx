import type { Schemas } from '@cloudpam/api-client';
import { useState } from 'react';
import { notifyDone } from '../../actions/notify';
import { ApiProblem } from '../../api/api-problem';
import { poolsApi } from '../../api/pools';
import { useWrite } from '../../api/use-write';
import { hasRules, rulesMistake, rulesOf } from '../allocation-rules';
import { DialogForm } from './dialog-form';
import { allFields, PoolFieldInputs, poolForm } from './pool-fields';
import { RulesFields } from './rules-fields';

/** Changes everything of a pool but its CIDR; only what differs is sent. */
export function EditDialog({
  pool,
  missingTags,
  onClose,
}: {
  pool: Schemas['Pool'];
  /** Keys of tags that it lacks: they are asked for. */
  missingTags?: readonly string[];
  onClose: () => void;
}) {
  const [form, setForm] = useState(() => poolForm(pool.kind, pool));
  const [rules, setRules] = useState(() => rulesOf(pool));
  const mistake = rulesMistake(pool.cidr, rules);
  const before = allFields(poolForm(pool.kind, pool));
  const changedFields = Object.fromEntries(
    Object.entries(allFields(form)).filter(
      ([field, value]) =>
        JSON.stringify(value) !== JSON.stringify(before[field as keyof typeof before]), // Same keys on both sides.
    ),
  );
  const changed: Schemas['PoolPatch'] = {
    ...changedFields,
    ...(JSON.stringify(rules) === JSON.stringify(rulesOf(pool))
      ? {}
      : { rules: hasRules(rules) ? { ...rules, required_tags: [...rules.required_tags] } : null }),
  };
  const save = useWrite(
    (fields: Schemas['PoolPatch']) => poolsApi.change(pool, fields),
    (saved) => {
      notifyDone(`Saved ${saved.cidr} ${saved.name}`);
      onClose();
    },
    changed,
  );
  return (
    <DialogForm
      title={`Edit ${pool.cidr} ${pool.name}`}
      action="Save"
      onSubmit={() => save.mutate(changed)}
      onClose={onClose}
      busy={save.isPending}
      error={save.error}
      inline={['name']}
      ready={form.name.trim() !== '' && Object.keys(changed).length > 0 && mistake === undefined}
    >
      <PoolFieldInputs
        form={form}
        onChange={setForm}
        requiredTags={missingTags}
        nameError={save.error instanceof ApiProblem ? save.error.fieldError('name') : undefined}
      />
      <RulesFields value={rules} onChange={setRules} mistake={mistake} />
    </DialogForm>
  );
}
