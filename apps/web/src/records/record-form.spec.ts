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
