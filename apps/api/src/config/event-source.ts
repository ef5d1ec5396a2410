import type { Config } from './config';

/** The source of events where nothing says under which address people use the server. */
const NAMELESS = 'urn:cloudpam';

/** What the events of this server name as their source: the same in every answer, whoever asks. */
export function sourceOf({ publicUrl }: Pick<Config, 'publicUrl'>): string {
  return publicUrl ?? NAMELESS;
}
