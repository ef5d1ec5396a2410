import { EntitySchema } from 'typeorm';
import type { Token } from '@cloudpam/identity';
import type { Dialect } from './dialect';

export interface TokenRow {
  id: number;
  publicId: string;
  name: string;
  role: Token['role'];
  secretHash: Buffer;
  readOnly: boolean;
  sharedResources: boolean;
  accounts: readonly string[] | null;
  pools: readonly number[] | null;
  createdBy: string;
  createdByName: string;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

/** Table `token`. */
export function tokenEntity(dialect: Dialect): EntitySchema<TokenRow> {
  return new EntitySchema<TokenRow>({
    name: 'token',
    columns: {
      id: { type: Number, primary: true, generated: 'increment' },
      publicId: { type: String, name: 'public_id' },
      name: { type: String },
      role: { type: String },
      secretHash: { ...dialect.bytes, name: 'secret_hash' },
      readOnly: { ...dialect.bool, name: 'read_only' },
      sharedResources: { ...dialect.bool, name: 'shared_resources' },
      accounts: { ...dialect.json, nullable: true },
      pools: { ...dialect.json, nullable: true },
      createdBy: { type: String, name: 'created_by' },
      createdByName: { type: String, name: 'created_by_name' },
      createdAt: { ...dialect.time, name: 'created_at' },
      expiresAt: { ...dialect.time, name: 'expires_at', nullable: true },
      lastUsedAt: { ...dialect.time, name: 'last_used_at', nullable: true },
      revokedAt: { ...dialect.time, name: 'revoked_at', nullable: true },
    },
  });
}

export function tokenToRow(token: Omit<Token, 'id'>): Omit<TokenRow, 'id'> {
  return { ...token, secretHash: Buffer.from(token.secretHash) };
}

export function tokenFromRow(row: TokenRow): Token {
  return { ...row, secretHash: Uint8Array.from(row.secretHash) };
}
