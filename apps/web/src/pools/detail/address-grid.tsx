import type { Schemas } from '@cloudpam/api-client';
import { ActionIcon, Group, Text, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { Link } from 'react-router';
import { fetchAddresses, fetchObservedAddresses, fetchPoolAddresses } from '../../api/addresses';
import { poolsApi } from '../../api/pools';
import { fetchPoolRanges } from '../../api/ranges';
import { ReadProblem } from '../../feedback/problem-alert';
import { useUrlParams } from '../../url/use-url-params';
import classes from './address-grid.module.css';
import {
  CELL_STATES,
  countStates,
  GRID_SIZE,
  gridCells,
  gridShape,
  gridWindow,
  windowOf,
  type GridCell,
  type GridFacts,
} from './grid-cells';

/** Most of a list that one request gives. */
const MOST = 500;

/**
 * The addresses of a pool at a glance: of IPv4 a /24 at a time, else the blocks that the pool divides into. Tab goes
 * to it, arrows move in it, Enter goes there.
 */
export function AddressGrid({ pool }: { pool: Schemas['Pool'] }) {
  const params = useUrlParams();
  const { length, hasAddresses, windows } = gridShape(pool.cidr);
  const index = windowOf(pool.cidr, params.text('at')) ?? 0;
  const window = gridWindow(pool.cidr, index);
  const go = (to: number): void => {
    params.set({ at: gridWindow(pool.cidr, to).split('/')[0] ?? null });
  };
  const { data, error } = useQuery({
    queryKey: ['pools', pool.id, 'grid', window],
    queryFn: ({ signal }) => factsOf(pool, window, { length, hasAddresses, index }, signal),
    placeholderData: keepPreviousData,
  });
  const cells = data ? gridCells(pool, data) : [];
  return (
    <figure className={classes.figure} aria-label="Address grid">
      <Group gap="xs" mb={6}>
        <Text size="sm" fw={600} className="mono">
          {window}
        </Text>
        {windows > 1 && (
          <>
            <ActionIcon
              variant="default"
              aria-label="Addresses before"
              disabled={index === 0}
              onClick={() => go(index - 1)}
            >
              <IconChevronLeft size={14} />
            </ActionIcon>
            <ActionIcon
              variant="default"
              aria-label="Addresses after"
              disabled={index === windows - 1}
              onClick={() => go(index + 1)}
            >
              <IconChevronRight size={14} />
            </ActionIcon>
            <GoTo cidr={pool.cidr} onGo={go} />
          </>
        )}
        {!hasAddresses && (
          <Text size="xs" c="dimmed">
            by blocks of /{length}
          </Text>
        )}
      </Group>
      {error && !data ? <ReadProblem error={error} /> : <Cells cells={cells} window={window} />}
      <figcaption className={classes.legend}>
        {countStates(cells).map(([state, count]) => (
          <span key={state}>
            <span className={classes.cell} data-state={state} aria-hidden>
              {CELL_STATES[state].mark}
            </span>{' '}
            {CELL_STATES[state].label} {count}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

function Cells({ cells, window }: { cells: readonly GridCell[]; window: string }) {
  const list = useRef<HTMLUListElement>(null);
  const [current, setCurrent] = useState(0);
  const onKeyDown = (event: KeyboardEvent, at: number): void => {
    const faces = list.current?.querySelectorAll<HTMLElement>('[data-face]');
    if (!faces) return;
    const columns = columnsOf(faces);
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: 1,
      ArrowLeft: -1,
      ArrowDown: columns,
      ArrowUp: -columns,
      Home: -at,
      End: faces.length - 1 - at,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = faces[at + step];
    if (!next) return;
    setCurrent(at + step);
    next.focus();
  };
  return (
    <ul ref={list} className={classes.grid} aria-label={`Addresses of ${window}`}>
      {cells.map(({ cidr, state, text, label, to }, at) => {
        const face = {
          'data-face': true,
          className: classes.face,
          title: text,
          'aria-label': text,
          tabIndex: at === Math.min(current, cells.length - 1) ? 0 : -1,
          onFocus: () => setCurrent(at),
          onKeyDown: (event: KeyboardEvent) => onKeyDown(event, at),
          children: CELL_STATES[state].mark || label,
        };
        return (
          <li key={cidr} className={classes.cell} data-state={state}>
            {to === undefined ? <span {...face} role="img" /> : <Link {...face} to={to} />}
          </li>
        );
      })}
    </ul>
  );
}

/** How many cells stand in the first row. */
function columnsOf(faces: NodeListOf<HTMLElement>): number {
  const top = faces[0]?.getBoundingClientRect().top;
  const next = [...faces].findIndex((face) => face.getBoundingClientRect().top !== top);
  return next === -1 ? faces.length : next;
}

/** Goes to the window with an address that is typed. */
function GoTo({ cidr, onGo }: { cidr: string; onGo: (window: number) => void }) {
  const [text, setText] = useState('');
  const found = windowOf(cidr, text.trim());
  return (
    <TextInput
      size="xs"
      aria-label="Go to address"
      placeholder="Go to address…"
      w={150}
      value={text}
      error={text.trim() !== '' && found === undefined}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && found !== undefined) onGo(found);
      }}
    />
  );
}

async function factsOf(
  pool: Schemas['Pool'],
  window: string,
  { length, hasAddresses, index }: { length: number; hasAddresses: boolean; index: number },
  signal: AbortSignal,
): Promise<GridFacts> {
  const within = { cidr_within: window, page_size: MOST };
  const blocks = poolsApi.blocks(
    pool.id,
    { new_prefix_len: length, status: 'all', page_size: GRID_SIZE, page: index + 1 },
    { signal },
  );
  if (!hasAddresses)
    return {
      blocks: (await blocks).items,
      records: [],
      observed: [],
      ranges: [],
      forbidden: [],
    };
  const [cut, records, observed, ranges, own] = await Promise.all([
    blocks,
    fetchAddresses({ ...within, vrf_id: pool.vrf_id }, signal),
    fetchObservedAddresses(pool.id, within, signal),
    fetchPoolRanges(pool.id, { cidr_touching: window, page_size: MOST }, signal),
    fetchPoolAddresses(pool.id, { page_size: 1 }, signal),
  ]);
  return {
    blocks: cut.items,
    records: records.items,
    observed: observed.items,
    ranges: ranges.items,
    forbidden: own.forbidden,
  };
}
