import { listOf } from '../../http/common.dto';
import { BooleanField, TextField, WordField } from '../../http/fields';
import { Shaped } from '../../http/shape';

/** How a login is begun. */
export class LoginQuery {
  @TextField({
    description: 'The provider to log in with, by name; it may be left out where there is one',
    max: 100,
    optional: true,
    example: 'okta',
  })
  provider?: string;

  @TextField({
    description: 'The path of this server where the browser goes in the end',
    optional: true,
    example: '/pools/42',
  })
  return_to?: string;

  @WordField({
    words: ['select_account'],
    name: 'LoginPrompt',
    description: 'Has the provider ask who logs in, also where it knows someone',
    optional: true,
  })
  prompt?: 'select_account';
}

/**
 * What a provider sends the browser back with (OpenID Connect Core 3.1.2.5). It may send more than
 * it must; what counts is read from the address itself.
 */
@Shaped({ additionalProperties: true })
export class LoginAnswerQuery {
  @TextField({ description: 'What the tokens are fetched with', optional: true })
  code?: string;

  @TextField({ description: 'Which login it answers', max: 200, optional: true })
  state?: string;

  @TextField({ description: 'Who answers (RFC 9207)', optional: true })
  iss?: string;

  @TextField({
    description: 'What OpenID Connect Session Management adds; not used',
    optional: true,
  })
  session_state?: string;

  @TextField({ description: 'Why there is no login', optional: true, example: 'access_denied' })
  error?: string;

  @TextField({ description: 'The same for people', optional: true })
  error_description?: string;
}

/** Which provider a browser is to be logged out at. */
export class LogoutQuery {
  @TextField({
    description: 'The provider, by name; it may be left out where there is one',
    max: 100,
    optional: true,
    example: 'okta',
  })
  provider?: string;
}

/** The form of OpenID Connect Back-Channel Logout 1.0; it may hold more in time to come. */
@Shaped({ additionalProperties: true })
export class BackchannelLogoutDto {
  @TextField({
    description: 'The logout token: a JWT that the provider has signed',
    example: 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJodHRwczovL2lkLmV4YW1wbGUifQ.c2lnbmF0dXJl',
  })
  logout_token!: string;
}

/** A provider that people can log in with. */
export class LoginProviderDto {
  @TextField({ description: 'Its name in the settings', example: 'okta' })
  name!: string;

  @TextField({ description: 'What the login page calls it', example: 'Okta' })
  label!: string;

  @TextField({
    description: 'Where a login with it is begun',
    example: '/api/v1/auth/oidc/login?provider=okta',
  })
  login_url!: string;

  static of({ name, label }: { readonly name: string; readonly label: string }): LoginProviderDto {
    return { name, label, login_url: `/api/v1/auth/oidc/login?provider=${name}` };
  }
}

/** What a login page offers, in the order of the settings. */
export class LoginProvidersDto extends listOf(LoginProviderDto, 'LoginProvidersDto') {
  @BooleanField({ description: 'Whether the browser has a session' })
  signed_in!: boolean;

  @BooleanField({ description: 'Whether the page begins a login by itself' })
  auto_login!: boolean;
}

/** Where a browser goes after it was logged out here. */
export class LoggedOutDto {
  @TextField({
    description: 'Where the session at the provider is ended; null where there is none to end',
    nullable: true,
  })
  logout_url!: string | null;
}
