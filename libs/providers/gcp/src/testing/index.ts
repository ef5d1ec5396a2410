export { startGcpDouble } from './gcp-double';
export type { DoubleProject, GcpCall, GcpDouble, GcpDoubleSettings } from './gcp-double';
export { generatedProjects } from './generated-projects';
export type { EstateSize } from './generated-projects';
export { googleError, googleStatus, json } from './google-answers';
export type { Answer, ListOf } from './google-answers';
export { SUBJECT_TOKEN, TokenEndpoints } from './token-endpoints';
