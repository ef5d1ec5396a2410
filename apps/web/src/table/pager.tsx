import { Group, Pagination, Text } from '@mantine/core';
import { useUrlParams } from '../url/use-url-params';
import { Count } from '../format/count';

/** Items on a page of a table. */
export const PAGE_SIZE = 50;

/** Which page of a list is shown, in the URL as `page`, counted from 1. */
export function usePage(): number {
  const page = Number(useUrlParams().text('page'));
  return Number.isInteger(page) && page > 0 ? page : 1;
}

interface PagerProps {
  readonly total: number | undefined;
  readonly estimate?: boolean;
  /** What is counted: `child`, and `children` when the plural isn't just an s. */
  readonly one: string;
  readonly many?: string;
}

/** Total of a list, and its pages when there are several. */
export function Pager({ total, estimate = false, one, many = `${one}s` }: PagerProps) {
  const page = usePage();
  const { set } = useUrlParams();
  if (total === undefined || total === 0) return null;
  const unit = total === 1 ? one : many;
  const pages = Math.ceil(total / PAGE_SIZE);
  return (
    <Group justify="space-between" py="xs">
      <Text size="xs" c="dimmed">
        {estimate && 'about '}
        <Count of={total} unit={unit} /> {unit}
      </Text>
      {pages > 1 && (
        <Pagination
          size="xs"
          total={pages}
          value={page}
          onChange={(next) => set({ page: next === 1 ? null : next, pick: null }, { push: true })}
          getControlProps={(control) => ({ 'aria-label': `${control} page` })}
        />
      )}
    </Group>
  );
}
