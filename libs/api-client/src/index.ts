export { createCloudPamClient, type CloudPamClient, type CloudPamClientOptions } from './client';
export type { operations, paths } from './generated/paths';
export * from './generated/words';

import type { components, operations } from './generated/paths';

/** The shapes of the wire, by their names in the OpenAPI document. */
export type Schemas = components['schemas'];

/** What a call may ask for, by the id of its operation: `QueryOf<'listPools'>`. */
export type QueryOf<Id extends keyof operations> = NonNullable<
  operations[Id]['parameters']['query']
>;

/** What a call takes, by the id of its operation: `BodyOf<'createPool'>`. */
export type BodyOf<Id extends keyof operations> = operations[Id] extends {
  requestBody?: { content: { 'application/json': infer Body } };
}
  ? Body
  : never;

/** What a call answers with 200, by the id of its operation. */
export type AnswerOf<Id extends keyof operations> = operations[Id] extends {
  responses: { 200: { content: { 'application/json': infer Answer } } };
}
  ? Answer
  : never;
