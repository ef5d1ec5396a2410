import type { Hold } from './hold';

/** How far a subscriber has followed the log, and which server process follows for it. */
export interface SubscriberState extends Hold {
  /** Everything up to this seal was handled. */
  readonly seq: number;
}

/** Where the subscribers of the log go on, also after a restart; one row for each, by its name. */
export interface SubscriberStore {
  /** undefined for one that has never followed: it begins with the first seal. */
  get(name: string): Promise<SubscriberState | undefined>;
  /**
   * Makes the holder the one that follows, until a time; the holder itself may ask again for more
   * time. undefined when another one is, and its time is not over at `at`.
   */
  take(name: string, holder: string, at: Date, until: Date): Promise<SubscriberState | undefined>;
  /**
   * Notes what was handled, and lets others follow. False, and nothing noted, when the holder is not
   * the one that follows any more.
   */
  advance(name: string, holder: string, seq: number): Promise<boolean>;
}

/** Lets another process take a turn that is not done: the position stays. */
export async function giveUpTurn(
  subscribers: SubscriberStore,
  name: string,
  holder: string,
): Promise<void> {
  const state = await subscribers.get(name);
  if (state) await subscribers.advance(name, holder, state.seq);
}
