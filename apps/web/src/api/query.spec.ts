import { queryOf } from './query';

it('leaves empty parameters out of the query', () => {
  expect(
    queryOf<'listPools'>({ q: '', kind: undefined, cursor: null, vrf_id: '1', tag: ['a:b'] }),
  ).toEqual({ vrf_id: '1', tag: ['a:b'] });
});
