/** A webhook that the server has paused, as nobody takes what it sends: a finding of type `webhook_paused`. */
export interface PausedWebhook {
  readonly id: number;
  readonly name: string;
  /** Why, for people. */
  readonly failure: string;
}

/** How webhooks fare. */
export interface WebhookStates {
  readonly webhooks: {
    /** By id. There are a hundred at most. */
    all(): Promise<
      readonly {
        readonly id: number;
        readonly name: string;
        readonly state: string;
        /** null: all is well, or somebody has paused it. */
        readonly failure: string | null;
      }[]
    >;
  };
}

/** The webhooks that the server has paused; one that somebody has paused says no reason, and is no finding. By id. */
export async function pausedWebhooks({ webhooks }: WebhookStates): Promise<PausedWebhook[]> {
  return (await webhooks.all()).flatMap(({ id, name, state, failure }) =>
    state === 'paused' && failure !== null ? [{ id, name, failure }] : [],
  );
}
