import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useUrlParams } from '../../url/use-url-params';
import classes from './pool-table.module.css';
import type { PoolFilters } from './pools-url';

const COLUMNS: readonly {
  readonly title: string;
  readonly area: string;
  readonly sort?: string;
}[] = [
  { title: 'CIDR', area: 'cidr', sort: 'cidr' },
  { title: 'Name', area: 'name', sort: 'name' },
  { title: 'Kind', area: 'kind' },
  { title: 'Status', area: 'status' },
  { title: 'Utilization', area: 'utilization' },
  { title: 'Free', area: 'free' },
  { title: 'Account', area: 'account' },
  { title: 'Region', area: 'region' },
  { title: 'Tags', area: 'tags' },
  { title: 'Age', area: 'age', sort: '-created_at' },
];

/** Column heads of the pool table; by address it is a tree, by anything else a flat list. */
export function PoolTableHead({ filters }: { filters: PoolFilters }) {
  const { set } = useUrlParams();
  const next = (sort: string): string | null => {
    const opposite = sort.startsWith('-') ? sort.slice(1) : `-${sort}`;
    const chosen = filters.sort === sort ? opposite : sort;
    return chosen === 'cidr' ? null : chosen;
  };
  return (
    <div className={`${classes.row} ${classes.head}`} role="row" aria-rowindex={1}>
      {COLUMNS.map(({ title, area, sort }) => {
        const name = sort?.replace('-', '');
        const sorted = name !== undefined && filters.sort.replace('-', '') === name;
        const down = filters.sort.startsWith('-');
        return (
          <div
            key={area}
            role="columnheader"
            className={classes[area]}
            aria-sort={sorted ? (down ? 'descending' : 'ascending') : undefined}
          >
            {sort === undefined ? (
              title
            ) : (
              <button
                type="button"
                className={classes.sort}
                onClick={() => set({ sort: next(sort) })}
              >
                {title}{' '}
                {sorted &&
                  (down ? (
                    <IconArrowDown size={12} aria-hidden />
                  ) : (
                    <IconArrowUp size={12} aria-hidden />
                  ))}
              </button>
            )}
          </div>
        );
      })}
      <div role="columnheader" className={classes.actions}>
        <span className="hidden">Actions</span>
      </div>
    </div>
  );
}
