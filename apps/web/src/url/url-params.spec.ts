import { patchedParams } from './url-params';

describe('patchedParams', () => {
  it('changes what it names and keeps the rest', () => {
    expect(patchedParams('q=web&vrf=1', { q: 'db', kind: 'subnet' })).toBe(
      'vrf=1&q=db&kind=subnet',
    );
  });

  it('removes empty values', () => {
    expect(patchedParams('q=web&tag=a:b&open=1', { q: '', tag: [], open: null })).toBe('');
  });

  it('repeats lists and leaves addresses readable', () => {
    expect(patchedParams('', { tag: ['env:prod', 'team:a b'], within: '10.0.0.0/8' })).toBe(
      'tag=env:prod&tag=team:a+b&within=10.0.0.0/8',
    );
  });
});
