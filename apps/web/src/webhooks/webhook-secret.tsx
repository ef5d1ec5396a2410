import type { Schemas } from '@cloudpam/api-client';
import { ShownOnce } from '../actions/shown-once';

/** Shows the secret of a webhook that was just made or given another one. */
export function WebhookSecret({
  webhook,
  onClose,
}: {
  webhook: Schemas['WebhookWithSecret'];
  onClose: () => void;
}) {
  return (
    <ShownOnce
      title={`Webhook ${webhook.name}`}
      label="Webhook secret"
      secret={webhook.secret}
      otherwise="It was shown before; give the webhook a new secret."
      why="It is shown this once; the server keeps it encrypted."
      onClose={onClose}
    >
      Whoever receives checks the header <span className="mono">webhook-signature</span> with it
      (Standard Webhooks).
    </ShownOnce>
  );
}
