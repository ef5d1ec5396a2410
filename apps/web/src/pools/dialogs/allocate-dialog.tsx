import type { Schemas } from '@cloudpam/api-client';
import {
  Button,
  Checkbox,
  NumberInput,
  SegmentedControl,
  Select,
  SimpleGrid,
  Text,
} from '@mantine/core';
import { useState } from 'react';
import { notifyDone } from '../../actions/notify';
import { ApiProblem } from '../../api/api-problem';
import { poolsApi } from '../../api/pools';
import type { Write } from '../../api/write';
import { useWrite } from '../../api/use-write';
import { ProblemAlert } from '../../feedback/problem-alert';
import { plural } from '../../format/counts';
import {
  hasRules,
  missingTags,
  ruledChoices,
  rulesOf,
  rulesText,
  startPrefix,
} from '../allocation-rules';
import { choices, STRATEGIES } from '../pool-words';
import { firstBlock } from '../prefix-lengths';
import { CidrList } from './cidr-list';
import { DialogForm } from './dialog-form';
import { filledFields, PoolFieldInputs, poolForm } from './pool-fields';
import type { PoolFields } from './pool-fields';
import { usePreview } from './use-preview';
import { HostsNotCounted } from '../hosts-not-counted';

const KINDS_TO_ALLOCATE = ['subnet', 'vpc', 'container', 'reservation'] as const;
const MOST_AT_ONCE = 1000;

interface AllocateDialogProps {
  readonly pool: Schemas['Pool'];
  /** The free block that was pointed at: it is offered as the place. */
  readonly gap?: string;
  readonly onClose: () => void;
}

/** Where to take the block: the server chooses, or the start of one free block. */
type Choice = {
  readonly place: 'next' | 'gap';
  readonly prefixLength: number;
  readonly count: number;
  readonly strategy: Schemas['Strategy'];
};

/**
 * Takes the next free block of a pool, or the start of a chosen gap; the blocks are shown before
 * they are taken.
 */
export function AllocateDialog({ pool, gap, onClose }: AllocateDialogProps) {
  const rules = rulesOf(pool);
  const startIn = (block: string | undefined): number =>
    startPrefix(block ?? pool.cidr, rules, canTakeWhole(pool, block));
  const [choice, setChoice] = useState<Choice>({
    place: gap ? 'gap' : 'next',
    prefixLength: startIn(gap),
    count: 1,
    strategy: 'first_fit',
  });
  const [form, setForm] = useState(() => poolForm('subnet'));
  const take = useWrite(
    ({ fields, choice: chosen }: { fields: PoolFields; choice: Choice }, idempotencyKey) =>
      allocate(pool, gap, chosen, fields, { idempotencyKey }),
    (taken) => {
      notifyDone(
        `Allocated ${taken.length === 1 ? (taken[0]?.cidr ?? '') : plural(taken.length, 'block')} in ${pool.name}`,
      );
      onClose();
    },
    { fields: filledFields(form), choice },
  );
  const [onPurpose, setOnPurpose] = useState(!pool.uncounted_hosts);
  const missing = missingTags(rules, form.tags);
  // What is still to be typed must not hide where the block will be.
  const tags = Object.fromEntries(rules.required_tags.map((key) => [key, 'preview']));
  const preview = usePreview('allocate', { choice, kind: form.kind, tags }, (asked, signal) =>
    allocate(
      pool,
      gap,
      asked.choice,
      { name: 'preview', kind: asked.kind, tags: asked.tags },
      { dryRun: true, signal },
    ),
  );
  const set = (patch: Partial<Choice>): void => setChoice({ ...choice, ...patch });
  const largest = preview.error instanceof ApiProblem ? preview.error.largestFree : undefined;
  const inGap = gap !== undefined && choice.place === 'gap';
  const lengths = ruledChoices(
    inGap ? gap : pool.cidr,
    rules,
    canTakeWhole(pool, inGap ? gap : undefined),
  );
  const allowed = lengths.some(
    ({ value, disabled }) => !disabled && Number(value) === choice.prefixLength,
  );
  return (
    <DialogForm
      title={`Allocate in ${pool.cidr} ${pool.name}`}
      action={choice.count > 1 && !inGap ? `Allocate ${choice.count} blocks` : 'Allocate'}
      onSubmit={() => take.mutate({ fields: filledFields(form), choice })}
      onClose={onClose}
      busy={take.isPending}
      error={take.error}
      ready={
        onPurpose && form.name.trim() !== '' && missing.length === 0 && allowed && !preview.error
      }
    >
      {pool.uncounted_hosts && (
        <HostsNotCounted>
          <Checkbox
            mt={6}
            size="xs"
            label="Take a block in it all the same: I know that no host is there"
            checked={onPurpose}
            onChange={(event) => setOnPurpose(event.currentTarget.checked)}
          />
        </HostsNotCounted>
      )}
      {gap && (
        <SegmentedControl
          size="xs"
          value={choice.place}
          onChange={(place) =>
            set({
              place: place === 'gap' ? 'gap' : 'next',
              prefixLength: startIn(place === 'gap' ? gap : undefined),
            })
          }
          data={[
            { value: 'gap', label: `In the gap ${gap}` },
            { value: 'next', label: 'Anywhere in the pool' },
          ]}
        />
      )}
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
        <Select
          label="Prefix length"
          data={lengths}
          comboboxProps={{ width: hasRules(rules) ? 260 : 'target', position: 'bottom-start' }}
          error={
            allowed ? undefined : `The rules of the pool refuse a /${choice.prefixLength} here.`
          }
          value={String(choice.prefixLength)}
          allowDeselect={false}
          searchable
          onChange={(length) => set({ prefixLength: Number(length) })}
        />
        {!inGap && (
          <>
            <NumberInput
              label="How many"
              min={1}
              max={MOST_AT_ONCE}
              clampBehavior="strict"
              allowDecimal={false}
              value={choice.count}
              onChange={(count) => set({ count: Math.max(1, Number(count) || 1) })}
            />
            <Select
              label="Strategy"
              data={choices(STRATEGIES)}
              value={choice.strategy}
              allowDeselect={false}
              // The choices are the strategies.
              onChange={(strategy) => set({ strategy: strategy as Schemas['Strategy'] })}
            />
          </>
        )}
      </SimpleGrid>
      {hasRules(rules) && (
        <Text size="xs" c="dimmed">
          Rules of the pool: {rulesText(rules)}
        </Text>
      )}
      <CidrList
        cidrs={preview.data?.map(({ cidr }) => cidr) ?? []}
        label="Will take"
        stale={preview.stale}
      >
        {!preview.data && !preview.error && (
          <Text size="xs" c="dimmed">
            Asking the server…
          </Text>
        )}
      </CidrList>
      {!take.error && (
        <ProblemAlert error={preview.error}>
          {largest !== undefined &&
            lengths.some(({ value, disabled }) => !disabled && Number(value) === largest) && (
              <Button
                mt={6}
                size="compact-xs"
                variant="light"
                onClick={() => set({ prefixLength: largest, count: 1 })}
              >
                Take a /{largest}, the largest free block
              </Button>
            )}
        </ProblemAlert>
      )}
      <PoolFieldInputs
        form={form}
        onChange={setForm}
        kinds={KINDS_TO_ALLOCATE}
        requiredTags={rules.required_tags}
        inherited={pool}
      />
    </DialogForm>
  );
}

/** A free block can be taken whole, unless it is all of the pool. */
function canTakeWhole(pool: Schemas['Pool'], gap: string | undefined): boolean {
  return gap !== undefined && gap !== pool.cidr;
}

async function allocate(
  pool: Schemas['Pool'],
  gap: string | undefined,
  { place, prefixLength, count, strategy }: Choice,
  fields: PoolFields,
  write: Write,
): Promise<readonly Schemas['Pool'][]> {
  if (gap !== undefined && place === 'gap') {
    const cidr = firstBlock(gap, prefixLength);
    const inherited = { account_id: pool.account_id, region: pool.region };
    return [
      await poolsApi.create(
        { ...inherited, ...fields, cidr, vrf_id: pool.vrf_id, parent_id: pool.id },
        write,
      ),
    ];
  }
  const accepted = pool.uncounted_hosts ? { accept_uncounted_hosts: true } : {};
  return (
    await poolsApi.allocate(
      pool.id,
      { ...fields, prefix_length: prefixLength, count, strategy, ...accepted },
      write,
    )
  ).items;
}
