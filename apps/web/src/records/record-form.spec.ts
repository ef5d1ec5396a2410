import { changedFields, emptyForm, filledForm, recordForm } from './record-form';

const FIELDS = [
  { name: 'name', type: 'text' },
  { name: 'rd', type: 'text', nullable: true },
  { name: 'regions', type: 'texts' },
  { name: 'vid', type: 'number' },
] as const;

describe('the form of a record', () => {
  it('sends only what was filled in', () => {
    expect(filledForm(FIELDS, { ...emptyForm(FIELDS), name: ' core ', vid: 7 })).toEqual({
      name: 'core',
      vid: 7,
    });
  });

  it('sends only what was changed', () => {
    const before = recordForm(FIELDS, { name: 'core', rd: '65000:1', regions: ['a'], vid: 7 });
    expect(changedFields(FIELDS, before, { ...before, name: 'core ' })).toEqual({});
    expect(changedFields(FIELDS, before, { ...before, regions: ['a', 'b'] })).toEqual({
      regions: ['a', 'b'],
    });
  });

  it('has times in local time, and sends them as moments', () => {
    const fields = [{ name: 'expires_at', type: 'time', nullable: true }] as const;
    const at = '2030-01-02T03:04:00Z';
    const form = recordForm(fields, { expires_at: at });
    expect(form['expires_at']).toMatch(/^2030-01-0[123]T\d\d:04$/);
    expect(filledForm(fields, form)).toEqual({ expires_at: at });
    expect(changedFields(fields, form, { expires_at: '' })).toEqual({ expires_at: null });
  });

  it('takes a nullable field away with null', () => {
    const before = recordForm(FIELDS, { name: 'core', rd: '65000:1' });
    expect(changedFields(FIELDS, before, { ...before, rd: '' })).toEqual({ rd: null });
  });

  it('shows null as empty', () => {
    expect(recordForm(FIELDS, { name: 'core', rd: null })).toEqual({
      name: 'core',
      rd: '',
      regions: [],
      vid: '',
    });
  });
});
