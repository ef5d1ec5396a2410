import type { Me } from '../api/wire-access';
import { refusal } from './permissions';

const me = (role: Me['role'], readOnly = false) => ({ role, read_only: readOnly }) as Me; // Permissions read nothing else.

describe('refusal', () => {
  it('lets an editor edit pools, and says to a viewer why not', () => {
    expect(refusal(me('editor'), 'edit_pools')).toBeUndefined();
    expect(refusal(me('viewer'), 'edit_pools')).toBe('Your role is viewer; this needs editor.');
  });

  it('keeps tokens for admins', () => {
    expect(refusal(me('editor'), 'manage_tokens')).toContain('needs admin');
    expect(refusal(me('admin'), 'manage_tokens')).toBeUndefined();
  });

  it('lets a read-only token read and nothing else', () => {
    expect(refusal(me('admin', true), 'edit_pools')).toBe('Your token is read-only.');
    expect(refusal(me('admin', true), 'read_audit')).toBeUndefined();
  });

  it('refuses as long as the caller is unknown', () => {
    expect(refusal(undefined, 'read_audit')).toContain('loading');
  });
});
