import type { Schemas } from '@cloudpam/api-client';
import { Table, Text } from '@mantine/core';
import { IconBan, IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { CloudText, FINDINGS } from './discovery-words';
import { PoolAfterAdopt, PoolAfterRelease } from './pool-effects';
import { findingsOf } from './resource-findings';
import { VrfName } from '../records/vrf-name';

interface DecisionPreviewProps {
  readonly decision: Schemas['Decision'];
  readonly resources: readonly Schemas['Resource'][];
  readonly findings: readonly Schemas['ResourceFindingType'][] | undefined;
  readonly results: readonly Schemas['DecisionResult'][];
  /** False before it is carried out, true after. */
  readonly done: boolean;
  readonly stale?: boolean;
}

/** What a decision does, or did, to each resource; what is refused says why. */
export function DecisionPreview({
  decision,
  resources,
  findings,
  results,
  done,
  stale = false,
}: DecisionPreviewProps) {
  const byId = new Map(resources.map((resource) => [resource.id, resource]));
  return (
    <Table.ScrollContainer minWidth={420} mah={300} type="native" style={{ overflowY: 'auto' }}>
      <Table
        aria-label={done ? 'What was done' : 'What will happen'}
        aria-busy={stale}
        style={{ opacity: stale ? 0.5 : 1, tableLayout: 'fixed' }}
        verticalSpacing={4}
      >
        <Table.Tbody>
          {/* What is refused comes first: it is what a person must know. */}
          {results
            .toSorted((a, b) => Number(a.status === 'done') - Number(b.status === 'done'))
            .map((result) => {
              const resource = byId.get(result.resource_id);
              return (
                <Table.Tr key={result.resource_id} style={{ verticalAlign: 'top' }}>
                  <Table.Td w={210}>
                    <span className="mono">{resource?.cidr}</span>
                    <Text size="xs" c="dimmed" truncate title={resource?.name}>
                      {resource?.name}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    {result.status === 'refused' ? (
                      <Line
                        icon={
                          <IconBan size={14} color="var(--mantine-color-red-text)" aria-hidden />
                        }
                        word="Refused"
                      >
                        <CloudText text={result.problem?.detail ?? 'The server gave no reason.'} />
                      </Line>
                    ) : (
                      <Line
                        icon={
                          <IconCheck size={14} color="var(--mantine-color-teal-text)" aria-hidden />
                        }
                      >
                        {resource && !done && (
                          <Effect
                            decision={decision}
                            resource={resource}
                            findings={findings}
                            result={result}
                          />
                        )}
                        {done && 'Done'}
                      </Line>
                    )}
                  </Table.Td>
                </Table.Tr>
              );
            })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Line({ icon, word, children }: { icon: ReactNode; word?: string; children: ReactNode }) {
  return (
    <div style={{ display: 'flex', gap: 6 }}>
      <span style={{ flexShrink: 0, marginTop: 2 }}>{icon}</span>
      <div style={{ minWidth: 0 }}>
        {word && <b>{word}: </b>}
        {children}
      </div>
    </div>
  );
}

interface EffectProps {
  readonly decision: Schemas['Decision'];
  readonly resource: Schemas['Resource'];
  readonly findings: readonly Schemas['ResourceFindingType'][] | undefined;
  readonly result: Schemas['DecisionResult'];
}

function Effect({ decision, resource, findings, result }: EffectProps) {
  switch (decision) {
    case 'import':
    case 'approve':
      return (
        <>
          Gets the pool <span className="mono">{resource.cidr}</span> in VRF{' '}
          <VrfName id={result.resource?.vrf_id ?? resource.vrf_id} />
        </>
      );
    case 'reject':
      return <>Stays without a pool</>;
    case 'ignore':
      return (
        <Types
          verb="Hides"
          types={findingsOf(resource).map(({ type }) => type)}
          within={findings}
        />
      );
    case 'restore':
      return (
        <Types
          verb="Shows again"
          types={Object.keys(resource.ignored) as Schemas['ResourceFindingType'][]}
          within={findings}
        />
      ); // The keys are types of findings.
    case 'adopt':
      return <PoolAfterAdopt resource={resource} />;
    case 'release':
      return <PoolAfterRelease resource={resource} />;
  }
}

function Types({
  verb,
  types,
  within,
}: {
  verb: string;
  types: readonly Schemas['ResourceFindingType'][];
  within: readonly Schemas['ResourceFindingType'][] | undefined;
}) {
  const named = types
    .filter((type) => within?.includes(type) ?? true)
    .map((type) => FINDINGS[type].label.toLowerCase());
  return (
    <>
      {verb}: {named.join(', ')}
    </>
  );
}
