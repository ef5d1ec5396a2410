import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { warn } from '../background/lines';
import { CONFIG, type Config } from '../config/config';
import { OidcClients } from './oidc-clients';
import { checkProvider } from './provider-check';
import { CALLBACK_PATH } from './return-address';

/**
 * Tries every provider after the start and says what is wrong, before anybody wants to log in. It
 * stops nothing.
 */
@Injectable()
export class ProviderWarnings implements OnApplicationBootstrap {
  constructor(
    private readonly clients: OidcClients,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    void this.check();
  }

  private async check(): Promise<void> {
    const { publicUrl } = this.config;
    const callback = publicUrl === undefined ? undefined : `${publicUrl}${CALLBACK_PATH}`;
    for (const provider of this.clients.providers) {
      const { faults } = await checkProvider(this.clients, provider, callback);
      for (const each of faults)
        warn(`warning: logging in with ${provider.name} (${provider.issuer}) will fail: ${each}`);
    }
  }
}
