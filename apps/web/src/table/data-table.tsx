import { Checkbox, Loader, Table, Text, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { ReadProblem } from '../feedback/problem-alert';
import type { UrlIds } from '../url/use-url-ids';
import classes from './data-table.module.css';

/** A column of a {@link DataTable}. */
export interface Column<T> {
  readonly title: string;
  readonly cell: (item: T) => ReactNode;
  /** Name of the sort on the server, when the column can be sorted. */
  readonly sort?: string;
  readonly width?: number | string;
  readonly align?: 'right';
  /** Left out on phones; with `desktop` on all screens below 1,200 px. */
  readonly wideOnly?: boolean | 'desktop';
  /**
   * Takes the room that the others leave, and cuts what is longer: its cells say the whole on
   * hover.
   */
  readonly clip?: boolean;
}

/** Rows that can be picked, one by one or the whole page. */
export interface Selection<T> {
  readonly picked: UrlIds;
  /** Undefined for a row that can't be picked. */
  readonly idOf: (item: T) => number | undefined;
  readonly nameOf: (item: T) => string;
}

interface DataTableProps<T> {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly items: readonly T[] | undefined;
  readonly rowKey: (item: T) => string | number;
  readonly error?: Error | null;
  /** Shown when there is nothing. */
  readonly empty: ReactNode;
  readonly sort?: string;
  readonly onSort?: (sort: string) => void;
  /** A second line below a row, across all columns. */
  readonly detail?: (item: T) => ReactNode;
  readonly selection?: Selection<T>;
}

/** A dense table of one page of a list. */
export function DataTable<T>({
  label,
  columns,
  items,
  rowKey,
  error,
  empty,
  sort,
  onSort,
  detail,
  selection,
}: DataTableProps<T>) {
  if (error && !items) return <ReadProblem error={error} />;
  if (!items) return <Loader size="sm" m="md" aria-label={`Loading ${label}`} />;
  if (items.length === 0) return <>{empty}</>;
  return (
    <Table.ScrollContainer minWidth={360} type="native">
      <Table highlightOnHover aria-label={label} className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            {selection && <PickPage items={items} selection={selection} />}
            {columns.map((column) => (
              <HeaderCell key={column.title} column={column} sort={sort} onSort={onSort} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((item) => (
            <Row
              key={rowKey(item)}
              item={item}
              columns={columns}
              detail={detail?.(item)}
              selection={selection}
            />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function classOf({ wideOnly }: Column<never>): string | undefined {
  return wideOnly === 'desktop' ? classes.desktopOnly : wideOnly ? classes.wideOnly : undefined;
}

interface RowProps<T> {
  readonly item: T;
  readonly columns: readonly Column<T>[];
  readonly detail: ReactNode;
  readonly selection: Selection<T> | undefined;
}

function Row<T>({ item, columns, detail, selection }: RowProps<T>) {
  return (
    <>
      <Table.Tr>
        {selection && <PickCell item={item} selection={selection} />}
        {columns.map((column) => (
          <Table.Td
            key={column.title}
            ta={column.align}
            className={classOf(column)}
            data-clip={column.clip}
          >
            {column.cell(item)}
          </Table.Td>
        ))}
      </Table.Tr>
      {detail && (
        <Table.Tr>
          <Table.Td colSpan={columns.length + (selection ? 1 : 0)} className={classes.detail}>
            {detail}
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}

const PICK_WIDTH = 36;

/** Picks all rows of the page that can be picked, or none. */
function PickPage<T>({
  items,
  selection: { picked, idOf },
}: {
  items: readonly T[];
  selection: Selection<T>;
}) {
  const ids = items.flatMap((item) => idOf(item) ?? []);
  const count = ids.filter((id) => picked.ids.has(id)).length;
  const all = ids.length > 0 && count === ids.length;
  return (
    <Table.Th w={PICK_WIDTH}>
      <Checkbox
        aria-label="Pick all on this page"
        data-pick
        disabled={ids.length === 0}
        checked={all}
        indeterminate={count > 0 && !all}
        onChange={() => picked.set(ids, !all)}
        onKeyDown={movePick}
      />
    </Table.Th>
  );
}

function PickCell<T>({
  item,
  selection: { picked, idOf, nameOf },
}: {
  item: T;
  selection: Selection<T>;
}) {
  const id = idOf(item);
  return (
    <Table.Td>
      {id !== undefined && (
        <Checkbox
          aria-label={`Pick ${nameOf(item)}`}
          data-pick
          checked={picked.ids.has(id)}
          onChange={() => picked.toggle(id)}
          onKeyDown={(event) => (event.key === 'Escape' ? picked.clear() : movePick(event))}
        />
      )}
    </Table.Td>
  );
}

/** Arrow keys go from one checkbox of the column to the next; Space picks, as everywhere. */
function movePick(event: KeyboardEvent<HTMLInputElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const boxes = [
    ...(event.currentTarget
      .closest('table')
      ?.querySelectorAll<HTMLInputElement>('input[data-pick]') ?? []),
  ];
  boxes[boxes.indexOf(event.currentTarget) + step]?.focus();
}

interface HeaderCellProps<T> {
  readonly column: Column<T>;
  readonly sort: string | undefined;
  readonly onSort: ((sort: string) => void) | undefined;
}

function HeaderCell<T>({ column, sort, onSort }: HeaderCellProps<T>) {
  const sorted =
    sort === column.sort ? 'ascending' : sort === `-${column.sort}` ? 'descending' : undefined;
  const canSort = column.sort !== undefined && onSort !== undefined;
  const Arrow = sorted === 'descending' ? IconArrowDown : IconArrowUp;
  return (
    <Table.Th
      w={column.width}
      ta={column.align}
      aria-sort={canSort ? (sorted ?? 'none') : undefined}
      className={classOf(column)}
    >
      {canSort ? (
        <UnstyledButton
          className={classes.sort}
          onClick={() => onSort(sorted === 'ascending' ? `-${column.sort}` : (column.sort ?? ''))}
        >
          {column.title} {sorted && <Arrow size={12} aria-hidden />}
        </UnstyledButton>
      ) : (
        <Text span inherit>
          {column.title}
        </Text>
      )}
    </Table.Th>
  );
}
