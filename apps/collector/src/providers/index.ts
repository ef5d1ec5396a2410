import { aws } from './aws';
import { files } from './files';
import { gcp } from './gcp';
import type { Provider } from './provider';

/** Every provider, in the order of the help. A new one is a file beside these, and a line here. */
export const PROVIDERS: readonly Provider[] = [aws, gcp, files];

/** What `--provider` takes. */
export const PROVIDER_NAMES = PROVIDERS.map(({ name }) => name);
