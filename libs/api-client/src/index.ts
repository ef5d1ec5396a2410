export { createCloudPamClient, type CloudPamClient } from './client';
export type { components, paths } from './generated/paths';

import type { components } from './generated/paths';

/** The shapes of the wire, by their names in the OpenAPI document. */
export type Schemas = components['schemas'];
