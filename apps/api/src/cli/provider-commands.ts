import type { Command } from 'commander';
import { OidcClients } from '../access/oidc-clients';
import { checkProvider } from '../access/provider-check';
import { CALLBACK_PATH } from '../access/return-address';
import { closeProviderConnections } from '../access/provider-fetch';
import { CONFIG, type Config } from '../config/config';
import type { CommandContext, Serve } from './command';

/** Commands about the providers that people log in with. */
export function addProviderCommands(program: Command, serve: Serve): void {
  program
    .command('provider')
    .summary('the OpenID providers')
    .command('check')
    .description(
      'tries every OpenID provider of the settings as far as that goes without a person; 1 when one cannot be used',
    )
    .action(() => serve(check));
}

async function check({ app, say }: CommandContext): Promise<number> {
  const clients = app.get(OidcClients);
  const { publicUrl } = app.get<Config>(CONFIG);
  const callback = publicUrl === undefined ? undefined : `${publicUrl}${CALLBACK_PATH}`;
  let faults = 0;
  for (const provider of clients.providers) {
    const report = await checkProvider(clients, provider, callback);
    faults += report.faults.length;
    say(
      `${provider.name} (${provider.issuer}): ${report.faults.length === 0 ? 'good' : 'cannot be used as it is'}`,
    );
    for (const each of report.faults) say(`  fault: ${each}`);
    for (const each of report.notes) say(`  note: ${each}`);
  }
  if (clients.providers.length === 0) say('The settings name no OpenID provider; see OIDC_ISSUER.');
  await closeProviderConnections();
  return faults === 0 ? 0 : 1;
}
