import type { Config } from '../config/config';
import type { OidcClients } from './oidc-clients';
import { checkProvider } from './provider-check';
import { CALLBACK_PATH } from './return-address';

/**
 * Tries every provider after the start and says what is wrong, before anybody wants to log in. It
 * stops nothing.
 */
export async function warnOfProviders(
  clients: OidcClients,
  { publicUrl }: Pick<Config, 'publicUrl'>,
  warn: (line: string) => void,
): Promise<void> {
  const callback = publicUrl === undefined ? undefined : `${publicUrl}${CALLBACK_PATH}`;
  for (const provider of clients.providers) {
    const { faults } = await checkProvider(clients, provider, callback);
    for (const each of faults)
      warn(`warning: logging in with ${provider.name} (${provider.issuer}) will fail: ${each}`);
  }
}
