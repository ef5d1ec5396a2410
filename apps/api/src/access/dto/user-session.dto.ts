import type { UserSession } from '@cloudpam/identity';
import { listOf } from '../../http/common.dto';
import {
  BooleanField,
  IpField,
  RecordIdField,
  TextField,
  TimeField,
  WholeField,
} from '../../http/fields';

/** A login that lasts. */
export class UserSessionDto {
  @RecordIdField({ description: 'The id', example: 7 })
  id!: number;

  @TextField({ description: 'The provider that it was begun with', example: 'okta' })
  provider!: string;

  @TimeField({ description: 'When it was begun' })
  created_at!: Date;

  @TimeField({ description: 'When it ends, whatever happens' })
  expires_at!: Date;

  @TimeField({ description: 'When it was last used, to the minute' })
  last_used_at!: Date;

  @TextField({ description: 'What the browser called itself', example: 'Mozilla/5.0' })
  user_agent!: string;

  @IpField({ description: 'The address that it was begun from' })
  ip!: string;

  @BooleanField({ description: 'Whether it is the session of this very request' })
  current!: boolean;

  /** @param currentId the session that asks */
  static of(session: UserSession, currentId: number | undefined): UserSessionDto {
    return {
      id: session.id,
      provider: session.provider,
      created_at: session.createdAt,
      expires_at: session.expiresAt,
      last_used_at: session.lastUsedAt,
      user_agent: session.userAgent,
      ip: session.ip,
      current: session.id === currentId,
    };
  }
}

/** The sessions of a person that have not ended. */
export class UserSessionsDto extends listOf(UserSessionDto, 'UserSessionsDto') {}

/** How many sessions were ended. */
export class EndedSessionsDto {
  @WholeField({ description: 'How many sessions were ended', example: 2 })
  ended!: number;
}
