import type { Command } from 'commander';
import { SYSTEM_ACTOR } from '@cloudpam/audit';
import { KeepWebhooks } from '@cloudpam/events';
import { STORAGE, type Storage } from '../storage/storage';
import { SecretVault } from '../webhooks/secret-vault';
import type { CommandContext, Serve } from './command';

/** Commands about webhooks. */
export function addWebhookCommands(program: Command, serve: Serve): void {
  const webhooks = program.command('webhooks').summary('whom events are sent to');
  webhooks
    .command('encrypt')
    .description(
      'encrypts the secrets of all webhooks by the first key of CLOUDPAM_SECRET_KEY; after that the others can go',
    )
    .action(() => serve(encrypt));
}

/** @returns 1 where a secret could not be read; the others are encrypted all the same */
async function encrypt({ app, say }: CommandContext): Promise<number> {
  const { unitOfWork } = app.get<Storage>(STORAGE);
  const vault = app.get(SecretVault);
  const keep = new KeepWebhooks(unitOfWork);
  const all = await unitOfWork.read(({ webhooks }) => webhooks.all());
  let [renewed, lost] = [0, 0];
  for (const { id, name, secret, formerSecret, routingKey } of all) {
    const change = { actor: SYSTEM_ACTOR, at: new Date(), requestId: 'command' };
    try {
      const after = await keep.encrypt(change, id, (text) => vault.renew(text));
      const isSame =
        after.secret === secret &&
        after.formerSecret === formerSecret &&
        after.routingKey === routingKey;
      if (!isSame) renewed++;
    } catch (error) {
      lost++;
      say(`webhook ${id} (${name}): ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  say(`${renewed} of ${all.length} webhooks were encrypted by the first key`);
  return lost === 0 ? 0 : 1;
}
