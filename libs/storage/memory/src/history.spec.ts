import { History } from './history';
import { Table } from './table';

function counted(): { history: History; table: Table<string>; set: (row: string) => void } {
  const history = new History();
  const table = new Table<string>(history);
  const set = (row: string): void => {
    history.begin();
    table.set(1, row);
    history.commit();
  };
  return { history, table, set };
}

describe('History', () => {
  it('takes all changes of a run back, the last one first', () => {
    const { history, table, set } = counted();
    set('first');
    history.begin();
    table.set(1, 'second');
    table.delete(1);
    table.set(1, 'third');
    table.set(2, 'new');
    history.rollBack();
    expect(table.entries()).toEqual([[1, 'first']]);
  });

  it('shows a view the state that was committed when it was opened', () => {
    const { history, table, set } = counted();
    set('first');
    const old = history.open();
    set('second');
    const young = history.open();
    set('third');
    history.begin();
    table.delete(1);
    expect([old, young].map((view) => history.look(view, () => table.get(1)))).toEqual([
      'first',
      'second',
    ]);
    expect(table.get(1)).toBeUndefined();
    history.rollBack();
    expect(table.get(1)).toBe('third');
    history.close(old);
    expect(history.look(young, () => table.get(1))).toBe('second');
  });

  it('shows a view the same state after a run is rolled back', () => {
    const { history, table, set } = counted();
    set('first');
    const view = history.open();
    history.begin();
    table.set(1, 'second');
    history.rollBack();
    expect(history.look(view, () => table.get(1))).toBe('first');
  });

  it('puts the present back when a look fails', () => {
    const { history, table, set } = counted();
    set('first');
    const view = history.open();
    set('second');
    expect(() =>
      history.look(view, () => {
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(table.get(1)).toBe('second');
  });

  it('refuses changes outside a run and inside a look', () => {
    const { history, table } = counted();
    expect(() => table.set(1, 'x')).toThrow('a write outside a run');
    const view = history.open();
    history.begin();
    expect(() => history.look(view, () => table.set(1, 'x'))).toThrow('a read must not write');
  });

  it('leaves a run open when a check before its commit fails', () => {
    const { history, table } = counted();
    history.beforeCommit(() => {
      throw new Error('refused');
    });
    history.begin();
    table.set(1, 'x');
    expect(() => history.commit()).toThrow('refused');
    history.rollBack();
    expect(table.get(1)).toBeUndefined();
  });
});
