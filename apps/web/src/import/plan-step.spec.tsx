import { screen, waitFor, within } from '@testing-library/react';
import { importAnswer, importRow, SAMPLE_ROWS } from '../testing/import-samples';
import { atPlan, IMPORT, importApi, keptBy, planBy, sentTo } from '../testing/import-walk';
import { allowedButton } from '../testing/show';
import type { FakeApi } from '../testing/fake-api';

const { core, berlin, wrong, changed } = SAMPLE_ROWS;

let api: FakeApi;
beforeEach(() => {
  api = importApi(importAnswer([core, berlin]));
});
afterEach(() => expect(api.unexpected).toEqual([]));

describe('the plan', () => {
  it('cannot be applied with errors, unless their rows are left out', async () => {
    planBy(api, importAnswer([core, wrong]));
    const user = await atPlan();
    const button = screen.getByRole('button', { name: 'Apply 1 change' });
    expect(button.getAttribute('aria-description')).toBe('1 row cannot be taken as they are.');
    await user.click(button);
    expect(api.made('post', IMPORT)).toHaveLength(1);
    await user.click(screen.getByRole('radio', { name: 'What can be taken' }));
    await allowedButton('Apply 1 change');
  });

  it('counts, and is filtered in the address', async () => {
    planBy(api, importAnswer([core, berlin, wrong, changed]));
    const user = await atPlan();
    const counts = screen.getByRole('table', { name: 'Counts' });
    const pools = within(counts).getByRole('row', { name: /^Pools/ });
    expect([...pools.querySelectorAll('td')].map((cell) => cell.textContent)).toEqual([
      '2',
      '1',
      '0',
      '0',
      '1',
    ]);
    await user.click(screen.getByRole('combobox', { name: 'Action' }));
    await user.click(await screen.findByRole('option', { name: 'Error' }));
    expect(window.location.search).toBe('?step=plan&action=error');
    const grid = screen.getByRole('grid', { name: 'Rows of the plan' });
    expect(within(grid).getAllByRole('row')).toHaveLength(2);
    expect(grid.textContent).toContain('did you mean 10.1.0.0/16?');
    await user.click(screen.getByRole('button', { name: 'Clear the filters' }));
    await user.type(screen.getByRole('textbox', { name: 'Filter by text' }), 'BER');
    await waitFor(() => expect(within(grid).getAllByRole('row')).toHaveLength(2));
    expect(screen.getByRole('status', { name: 'Rows shown' }).textContent).toBe('1 row shown');
  });

  it('asks the server for the rows with an action while not all have come', async () => {
    planBy(api, ({ query }) =>
      query['action'] === 'error'
        ? importAnswer([wrong])
        : importAnswer(query['cursor'] ? [berlin] : [core], {
            next_cursor: query['cursor'] ? null : 'c1',
          }),
    );
    const user = await atPlan();
    await user.click(screen.getByRole('combobox', { name: 'Action' }));
    await user.click(await screen.findByRole('option', { name: 'Error' }));
    const grid = screen.getByRole('grid', { name: 'Rows of the plan' });
    await waitFor(() => expect(grid.textContent).toContain('did you mean'));
    await user.click(screen.getByRole('button', { name: 'Clear the filters' }));
    await user.click(await screen.findByRole('button', { name: 'Load 10,000 rows more' }));
    await waitFor(() => expect(grid.textContent).toContain('berlin'));
    expect(sentTo(api).query['cursor']).toBe('c1');
  });

  it('has a report of all rows', async () => {
    const user = await atPlan();
    const kept = await keptBy(() => user.click(screen.getByRole('button', { name: 'CSV' })));
    expect(kept.name).toMatch(/^import-plan-\d{4}-\d\d-\d\d\.csv$/);
    expect(kept.text.split('\r\n')[1]).toBe('sites.csv,2,,pool,create,,,core,global,10.0.0.0/8,,');
  });
});

describe('PlanTable', () => {
  it('is walked by keys, and tells all of the chosen row', async () => {
    planBy(api, importAnswer([core, wrong, changed]));
    const user = await atPlan();
    const grid = screen.getByRole('grid', { name: 'Rows of the plan' });
    const detail = screen.getByRole('region', { name: 'The chosen row' });
    grid.focus();
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(detail.textContent).toContain('sites.csv, line 4, column Network (host_bits)');
    await user.keyboard('{End}');
    const changes = within(detail).getByRole('table', { name: 'Changes' });
    expect(within(changes).getByRole('row', { name: 'name old paris' })).toBeTruthy();
    expect(within(detail).getByRole('link').getAttribute('href')).toBe('/pools/9');
    expect(grid.getAttribute('aria-activedescendant')).toBe('line-2');
    await user.keyboard('{Home}');
    expect(detail.textContent).toContain('core');
  });

  it('has of 10,000 rows in the document only what can be seen', async () => {
    const many = Array.from({ length: 10_000 }, (_, at) =>
      importRow({ line: at + 2, cidr: `10.${at >> 8}.${at & 255}.0/24` }),
    );
    planBy(api, importAnswer(many));
    await atPlan();
    const grid = screen.getByRole('grid', { name: 'Rows of the plan' });
    expect(grid.getAttribute('aria-rowcount')).toBe('10001');
    expect(within(grid).getAllByRole('row').length).toBeLessThan(60);
  });
});

describe('PlanTree', () => {
  it('nests what lies in what, opens and closes by keys, and marks by more than colour', async () => {
    planBy(api, importAnswer([berlin, core, wrong]));
    const user = await atPlan();
    await user.click(screen.getByRole('radio', { name: 'Tree' }));
    expect(window.location.search).toBe('?step=plan&view=tree');
    const tree = screen.getByRole('treegrid', { name: 'The plan as a tree' });
    const texts = (): string[] =>
      [...tree.querySelectorAll('[role=row][aria-level]')].map(
        (row) => `${row.getAttribute('aria-level')} ${row.textContent}`,
      );
    expect(texts()).toEqual([
      '1  VRF global 2 rows',
      '2 +Create 10.0.0.0/8 core',
      '3 +Create 10.1.0.0/16 berlin',
      '1  Without a place 1 row',
      `2 !Error 10.1.2.3/16${wrong.detail}`,
    ]);
    tree.focus();
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowLeft}');
    expect(texts()).toHaveLength(4);
    await user.keyboard('{ArrowRight}');
    expect(texts()).toHaveLength(5);
  });
});
