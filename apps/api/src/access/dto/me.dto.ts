import {
  PERMISSIONS,
  permissionsOf,
  ROLES,
  type LiveSession,
  type Permission,
  type Principal,
  type Role,
} from '@cloudpam/identity';
import { ActorDto } from '../../audit/dto/actor.dto';
import { BooleanField, ObjectField, TextField, TextsField, WordField } from '../../http/fields';
import { LimitsDto } from './limits.dto';
import { VERSION } from '../../config/version';

/** Who the caller is, and what they may do. */
export class MeDto extends LimitsDto {
  @ObjectField({ type: () => ActorDto, description: 'Who asks, as the audit trail names them' })
  actor!: ActorDto;

  @WordField({
    words: ROLES,
    name: 'Role',
    description: 'The role that decides',
    example: 'editor',
  })
  role!: Role;

  @BooleanField({ description: 'Whether all writes are refused, whatever the role' })
  read_only!: boolean;

  @TextsField({
    words: Object.keys(PERMISSIONS),
    name: 'Permission',
    description: 'All permissions of the role that are left to the caller',
    example: ['pools:read', 'pools:write'],
  })
  permissions!: readonly Permission[];

  @TextField({ description: 'The version of the server', example: '1.4.0' })
  version!: string;

  @TextField({
    description: 'What writes of this session send as X-CloudPAM-CSRF; null for a token',
    nullable: true,
  })
  csrf_token!: string | null;

  @TextField({
    description: 'The provider that the caller logged in with; null for a token',
    nullable: true,
    example: 'okta',
  })
  provider!: string | null;

  static of(principal: Principal, live: LiveSession | undefined): MeDto {
    return {
      actor: ActorDto.of(principal.actor),
      role: principal.role,
      read_only: principal.readOnly,
      accounts: principal.accounts,
      pools: principal.pools,
      permissions: permissionsOf(principal),
      version: VERSION,
      csrf_token: live?.csrf ?? null,
      provider: live?.session.provider ?? null,
    };
  }
}
