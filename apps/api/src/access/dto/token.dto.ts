import { PartialType } from '@nestjs/swagger';
import { ROLES, type Role, type Token } from '@cloudpam/identity';
import { listOf } from '../../http/common.dto';
import { BooleanField, RecordIdField, TextField, TimeField, WordField } from '../../http/fields';
import { LimitsDto } from './limits.dto';

const NAME = { description: 'For people', example: 'terraform' };
const ROLE = {
  words: ROLES,
  name: 'Role',
  description: 'What it may do',
  example: 'editor',
} as const;
const READ_ONLY = { description: 'Whether all writes are refused, whatever the role' };
const SHARED_RESOURCES = {
  description:
    'A collector limited to accounts may also report what other accounts own and share with these',
};
const EXPIRES_AT = { description: 'When it ends; null for never', nullable: true };

/** A token to make. */
export class TokenRequestDto extends PartialType(LimitsDto, { skipNullProperties: false }) {
  @TextField({ ...NAME, max: 200 })
  name!: string;

  @WordField(ROLE)
  role!: Role;

  @BooleanField({ ...READ_ONLY, optional: true, default: false })
  read_only?: boolean;

  @BooleanField({ ...SHARED_RESOURCES, optional: true, default: false })
  shared_resources?: boolean;

  @TimeField({ ...EXPIRES_AT, optional: true })
  expires_at?: string | null;
}

/** An API token, without its secret. */
export class TokenDto extends LimitsDto {
  @RecordIdField({ description: 'The id', example: 7 })
  id!: number;

  @TextField({
    description: 'The part of the token between `cpam_` and the secret; its id in the audit trail',
    example: 'k7d2mq5xw3ha',
  })
  public_id!: string;

  @TextField(NAME)
  name!: string;

  @WordField(ROLE)
  role!: Role;

  @BooleanField(READ_ONLY)
  read_only!: boolean;

  @BooleanField(SHARED_RESOURCES)
  shared_resources!: boolean;

  @TextField({ description: 'The id of the actor who made it', example: 'user:7' })
  created_by!: string;

  @TextField({ description: 'The name that this actor had then', example: 'Ada Lovelace' })
  created_by_name!: string;

  @TimeField({ description: 'When it was made' })
  created_at!: Date;

  @TimeField(EXPIRES_AT)
  expires_at!: Date | null;

  @TimeField({
    description: 'When it was last used, to the minute; null for never',
    nullable: true,
  })
  last_used_at!: Date | null;

  @TimeField({ description: 'When it was revoked; null while it was not', nullable: true })
  revoked_at!: Date | null;

  static of(token: Token): TokenDto {
    return {
      id: token.id,
      public_id: token.publicId,
      name: token.name,
      role: token.role,
      read_only: token.readOnly,
      shared_resources: token.sharedResources,
      accounts: token.accounts,
      pools: token.pools,
      created_by: token.createdBy,
      created_by_name: token.createdByName,
      created_at: token.createdAt,
      expires_at: token.expiresAt,
      last_used_at: token.lastUsedAt,
      revoked_at: token.revokedAt,
    };
  }
}

/** An API token with the secret that it was just given. */
export class NewTokenDto extends TokenDto {
  @TextField({
    description:
      'What clients send as bearer; shown once: null when the same Idempotency-Key asks again',
    nullable: true,
  })
  secret!: string | null;

  static withSecret(token: Token, secret: string | null): NewTokenDto {
    return { ...TokenDto.of(token), secret };
  }
}

export class TokenListDto extends listOf(TokenDto, 'TokenListDto') {}
