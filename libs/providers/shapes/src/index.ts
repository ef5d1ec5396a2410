export { addAwsSubnets, addAwsVpcs } from './aws-shapes';
export { GCP_GLOBAL, addGcpNetworks, addGcpSubnets } from './gcp-shapes';
export { asList, asObject, asText, isNothing } from './json-reading';
export type { JsonObject } from './json-reading';
export { Listing } from './listing';
export type { CloudFailure, Sighting } from './listing';
export { TimeOver, untilStopped } from './until-stopped';
export type { Stop } from './until-stopped';
