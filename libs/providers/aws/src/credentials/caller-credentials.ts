import { defaultProvider, type DefaultProviderInit } from '@aws-sdk/credential-provider-node';
import { parseKnownFiles } from '@smithy/core/config';
import { credentialTrouble } from './credential-trouble';
import { NoCredentials } from './no-credentials';

type Init = Pick<DefaultProviderInit, 'clientConfig'>;
type DefaultCredentials = ReturnType<typeof defaultProvider>;

const KEPT = 50;
// How the SDK marks what it says of a source of credentials that gave none.
const OF_A_SOURCE = /^@smithy\/property-provider (?:->|\(!\)) /;

/**
 * The SDK's default chain. Where it ends without credentials, the SDK says only that: this says
 * which source was configured and why it gave none.
 * @param init for the clients that the chain makes, of STS and SSO
 */
export function callerCredentials(init: Init): DefaultCredentials {
  const said: string[] = [];
  const debug = (text: unknown): void => {
    if (said.length < KEPT && OF_A_SOURCE.test(String(text)))
      said.push(String(text).replace(OF_A_SOURCE, '').trim());
  };
  const quiet = (): void => undefined;
  const chain = defaultProvider({
    ...init,
    logger: { debug, info: quiet, warn: quiet, error: quiet },
  });
  return async (properties) => {
    said.length = 0;
    try {
      return await chain(properties);
    } catch (error) {
      // A file that cannot be read is one of the causes, and told as such.
      const profiles = await parseKnownFiles({}).catch(() => ({}));
      throw new NoCredentials(
        credentialTrouble(error, { env: process.env, profiles, said }),
        error,
      );
    }
  };
}
