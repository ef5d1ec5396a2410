import { PartialType } from '@nestjs/swagger';
import { USER_ROLES, type User, type UserRole } from '@cloudpam/identity';
import { listOf } from '../../http/common.dto';
import {
  BooleanField,
  RecordIdField,
  TextField,
  TextsField,
  TimeField,
  WholeField,
  WordField,
} from '../../http/fields';
import { Shaped } from '../../http/shape';
import { LimitsDto } from './limits.dto';

const ROLE = {
  words: USER_ROLES,
  name: 'UserRole',
  description: 'What they may do',
  example: 'editor',
} as const;
const ROLE_PINNED = {
  description: 'Whether the role was given by hand, and groups do not change it any more',
};
const ACTIVE = { description: 'Whether they may log in' };

/** What changes of a person's access; what is left out stays. */
@Shaped({ minProperties: 1 })
export class UserPatchDto extends PartialType(LimitsDto, { skipNullProperties: false }) {
  @WordField({ ...ROLE, optional: true })
  role?: UserRole;

  @BooleanField({ ...ROLE_PINNED, optional: true })
  role_pinned?: boolean;

  @BooleanField({ ...ACTIVE, optional: true })
  active?: boolean;
}

/** A person who has logged in. */
export class UserDto extends LimitsDto {
  @RecordIdField({ description: 'The id', example: 7 })
  id!: number;

  @TextField({ description: 'The provider of the last login', example: 'okta' })
  provider!: string;

  @TextField({
    description: "The provider's own name for itself",
    example: 'https://example.okta.com',
  })
  issuer!: string;

  @TextField({
    description: "The provider's id for the person, the same for ever",
    example: '00u1a2b3c4',
  })
  subject!: string;

  @TextField({
    description: 'As the provider gives it; null where it gives none',
    nullable: true,
    example: 'ada@example.com',
  })
  email!: string | null;

  @TextField({ description: 'As the provider gives it', example: 'Ada Lovelace' })
  name!: string;

  @WordField(ROLE)
  role!: UserRole;

  @BooleanField(ROLE_PINNED)
  role_pinned!: boolean;

  @TextsField({ description: 'The groups of the last login', example: ['network'] })
  groups!: readonly string[];

  @BooleanField(ACTIVE)
  active!: boolean;

  @TimeField({ description: 'When they first logged in' })
  created_at!: Date;

  @TimeField({ description: 'When they last logged in' })
  last_login_at!: Date;

  @TimeField({
    description: 'When none of their groups had a role any more; null while one has',
    nullable: true,
  })
  refused_at!: Date | null;

  @WholeField({ description: 'Counts the changes; also the ETag, for If-Match' })
  version!: number;

  static of(user: User): UserDto {
    return {
      id: user.id,
      provider: user.provider,
      issuer: user.issuer,
      subject: user.subject,
      email: user.email,
      name: user.name,
      role: user.role,
      role_pinned: user.rolePinned,
      groups: user.groups,
      active: user.active,
      accounts: user.accounts,
      pools: user.pools,
      created_at: user.createdAt,
      last_login_at: user.lastLoginAt,
      refused_at: user.refusedAt,
      version: user.version,
    };
  }
}

export class UserListDto extends listOf(UserDto, 'UserListDto') {}
