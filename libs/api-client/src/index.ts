export { createCloudPamClient, type CloudPamClient } from './client';
export type { components, paths } from './paths';

import type { components } from './paths';

/** The shapes of the wire, by their names in the OpenAPI document. */
export type Schemas = components['schemas'];
