import type { Schemas } from '@cloudpam/api-client';
import { Badge, Text } from '@mantine/core';
import { useState } from 'react';
import { ReasonedButton } from '../actions/reasoned-button';
import { notifyFailed } from '../actions/notify';
import { analysisApi } from '../api/analysis';
import { poolsApi } from '../api/pools';
import { useOpenPoolDialog, type PoolDialog } from '../pools/dialogs/pool-dialogs';
import { useRefusal } from '../session/use-me';
import { actionText, KINDS, noActionText, seenText, SEVERITIES } from './analysis-words';

interface CellProps {
  readonly of: Schemas['Recommendation'];
}

/** What kind it is, and how much it matters. */
export function KindCell({ of: { kind, severity } }: CellProps) {
  return (
    <>
      <div>{KINDS[kind].label}</div>
      <Badge size="xs" variant="outline" color={SEVERITIES[severity].color}>
        {SEVERITIES[severity].label}
      </Badge>
    </>
  );
}

/** What was seen. */
export function SeenCell({ of }: CellProps) {
  return (
    <>
      {seenText(of)}
      {of.action === null && (
        <Text size="xs" c="dimmed">
          {noActionText(of)}
        </Text>
      )}
    </>
  );
}

/** Opens the dialog that does what is recommended, filled with what the pool is now. */
export function ActionCell({ of }: CellProps) {
  const refusal = useRefusal('pools:write');
  const openDialog = useOpenPoolDialog();
  const [busy, setBusy] = useState(false);
  const label = actionText(of);
  if (label === undefined) return null;
  const open = async (): Promise<void> => {
    setBusy(true);
    try {
      const dialog = await dialogOf(of);
      if (dialog) openDialog(dialog);
      else throw new Error(`No single move joins more of what is free in ${of.pool.cidr} now.`);
    } catch (error) {
      notifyFailed(error as Error); // of the client, or the one above
    } finally {
      setBusy(false);
    }
  };
  return (
    <ReasonedButton
      size="compact-xs"
      variant="light"
      reason={refusal}
      loading={busy}
      aria-label={`${label} ${of.pool.cidr}`}
      onClick={() => void open()}
    >
      {label}
    </ReasonedButton>
  );
}

/** undefined where a move was to be found, and there is none. */
async function dialogOf({
  kind,
  pool,
  action,
}: Schemas['Recommendation']): Promise<PoolDialog | undefined> {
  const now = action?.pool_ids.length === 0 ? await actionNow(pool.pool_id, kind) : action;
  if (!now) return undefined;
  const pools = await Promise.all(now.pool_ids.map((id) => poolsApi.get(id)));
  const [first] = pools;
  if (!first) return undefined;
  switch (now.type) {
    case 'merge':
      return { type: 'merge', pools };
    case 'reclaim':
      return { type: 'delete', pool: first };
    case 'edit':
      return { type: 'edit', pool: first, missingTags: now.tags };
    case 'resize':
    case 'move':
      return { type: 'move', pool: first, to: now.cidr ?? undefined };
  }
}

async function actionNow(
  poolId: number,
  kind: Schemas['RecommendationKind'],
): Promise<Schemas['RecommendedAction'] | null> {
  const { recommendations } = await analysisApi.ofPool(poolId);
  const found = recommendations.find((each) => each.pool.pool_id === poolId && each.kind === kind);
  return found?.action ?? null;
}
