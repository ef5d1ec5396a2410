import type { Schemas } from '@cloudpam/api-client';
import { refusal } from './permissions';

const me = (fields: Partial<Schemas['Me']>) =>
  ({
    role: 'viewer',
    read_only: false,
    accounts: null,
    pools: null,
    permissions: [],
    ...fields,
  }) as Schemas['Me']; // Permissions read nothing else.

describe('refusal', () => {
  it('allows what the server listed', () => {
    expect(refusal(me({ permissions: ['pools:write'] }), 'pools:write')).toBeUndefined();
  });

  it('says to a viewer why not', () => {
    expect(refusal(me({}), 'pools:write')).toBe(
      'Your role is viewer, which may not do this (pools:write).',
    );
  });

  it('blames a read-only token for a write, not for a read', () => {
    expect(refusal(me({ role: 'admin', read_only: true }), 'tokens:manage')).toBe(
      'Your token is read-only.',
    );
    expect(refusal(me({ role: 'collector', read_only: true }), 'audit:read')).toContain(
      'Your role is collector',
    );
  });

  it('refuses to who is limited what is about the whole server, and nothing else', () => {
    const limited = me({ role: 'editor', pools: [7], permissions: ['pools:write', 'vrfs:write'] });
    expect(refusal(limited, 'vrfs:write')).toContain('limited');
    expect(refusal(limited, 'pools:write')).toBeUndefined();
    expect(refusal(me({ permissions: ['vrfs:write'] }), 'vrfs:write')).toBeUndefined();
  });

  it('refuses as long as the caller is unknown', () => {
    expect(refusal(undefined, 'audit:read')).toContain('loading');
  });
});
