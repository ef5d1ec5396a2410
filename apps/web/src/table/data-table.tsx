import { Loader, Table, Text, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../feedback/problem-alert';
import classes from './data-table.module.css';

/** A column of a {@link DataTable}. */
export interface Column<T> {
  readonly title: string;
  readonly cell: (item: T) => ReactNode;
  /** Name of the sort on the server, when the column can be sorted. */
  readonly sort?: string;
  readonly width?: number | string;
  readonly align?: 'right';
  /** Left out on narrow screens. */
  readonly wideOnly?: boolean;
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
}

/** A dense table of one page of a list. */
export function DataTable<T>({ label, columns, items, rowKey, error, empty, sort, onSort, detail }: DataTableProps<T>) {
  if (error && !items) return <ProblemAlert error={error} />;
  if (!items) return <Loader size="sm" m="md" aria-label={`Loading ${label}`} />;
  if (items.length === 0) return <>{empty}</>;
  return (
    <Table.ScrollContainer minWidth={360} type="native">
      <Table highlightOnHover aria-label={label} className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <HeaderCell key={column.title} column={column} sort={sort} onSort={onSort} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((item) => (
            <Row key={rowKey(item)} item={item} columns={columns} detail={detail?.(item)} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Row<T>({ item, columns, detail }: { item: T; columns: readonly Column<T>[]; detail: ReactNode }) {
  return (
    <>
      <Table.Tr>
        {columns.map((column) => (
          <Table.Td key={column.title} ta={column.align} className={column.wideOnly ? classes.wideOnly : undefined}>
            {column.cell(item)}
          </Table.Td>
        ))}
      </Table.Tr>
      {detail && (
        <Table.Tr>
          <Table.Td colSpan={columns.length} className={classes.detail}>
            {detail}
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}

interface HeaderCellProps<T> {
  readonly column: Column<T>;
  readonly sort: string | undefined;
  readonly onSort: ((sort: string) => void) | undefined;
}

function HeaderCell<T>({ column, sort, onSort }: HeaderCellProps<T>) {
  const sorted = sort === column.sort ? 'ascending' : sort === `-${column.sort}` ? 'descending' : undefined;
  const canSort = column.sort !== undefined && onSort !== undefined;
  const Arrow = sorted === 'descending' ? IconArrowDown : IconArrowUp;
  return (
    <Table.Th
      w={column.width}
      ta={column.align}
      aria-sort={canSort ? (sorted ?? 'none') : undefined}
      className={column.wideOnly ? classes.wideOnly : undefined}
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
