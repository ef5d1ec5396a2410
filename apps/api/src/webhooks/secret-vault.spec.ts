import { SecretVault } from './secret-vault';

const [ONE, TWO] = ['1'.repeat(32), '2'.repeat(32)];

describe('the vault of secrets', () => {
  it('opens what it has sealed, which tells nothing of it', () => {
    const vault = new SecretVault([ONE]);
    const sealed = vault.seal('whsec_Büro');
    expect(vault.open(sealed)).toBe('whsec_Büro');
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('whsec');
    expect(vault.seal('whsec_Büro')).not.toBe(sealed);
  });

  it('seals with the first key, and opens with any', () => {
    const before = new SecretVault([ONE]).seal('a');
    const vault = new SecretVault([TWO, ONE]);
    expect(vault.open(before)).toBe('a');
    expect(new SecretVault([TWO]).open(vault.seal('b'))).toBe('b');
    expect(() => new SecretVault([TWO]).open(before)).toThrow('CLOUDPAM_SECRET_KEY');
  });

  it('refuses what was changed', () => {
    const vault = new SecretVault([ONE]);
    const bytes = Buffer.from(vault.seal('secret'), 'base64url');
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8((changed.readUInt8(at) + 1) % 256, at);
      expect(() => vault.open(changed.toString('base64url'))).toThrow();
    }
    expect(() => vault.open('')).toThrow();
  });

  it('seals nothing without a key, and says what is missing', () => {
    expect(() => new SecretVault([]).seal('a')).toThrow('CLOUDPAM_SECRET_KEY');
  });
});
