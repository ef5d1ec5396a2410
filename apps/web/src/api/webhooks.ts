import type { Schemas } from '@cloudpam/api-client';
import { answerOf, api } from './client';
import { queryOf } from './query';
import type { TextQuery } from './query';
import { ifMatch, keyHeader } from './write';

const at = (id: number) => ({ path: { id } });
const once = (id: number, idempotencyKey: string) => ({
  ...at(id),
  header: keyHeader(idempotencyKey),
});

/** Calls on webhooks. */
export const webhooksApi = {
  list: (signal?: AbortSignal) =>
    answerOf(api.GET('/api/v1/webhooks', { params: { query: { page_size: 100 } }, signal })),
  get: (id: number, signal?: AbortSignal) =>
    answerOf(api.GET('/api/v1/webhooks/{id}', { params: at(id), signal })),
  create: (body: Schemas['NewWebhook'], idempotencyKey: string) =>
    answerOf(api.POST('/api/v1/webhooks', { params: { header: keyHeader(idempotencyKey) }, body })),
  change: ({ id, version }: Schemas['Webhook'], body: Schemas['WebhookPatch']) =>
    answerOf(
      api.PATCH('/api/v1/webhooks/{id}', {
        params: { ...at(id), header: ifMatch(version) },
        body,
      }),
    ),
  remove: (id: number) => answerOf(api.DELETE('/api/v1/webhooks/{id}', { params: at(id) })),
  /** What would be sent, of the newest event that passes. */
  preview: (body: Schemas['WebhookPreview'], signal?: AbortSignal) =>
    answerOf(api.POST('/api/v1/webhooks/preview', { body, signal })),
  test: (id: number, idempotencyKey: string) =>
    answerOf(api.POST('/api/v1/webhooks/{id}/test', { params: once(id, idempotencyKey) })),
  rotate: (id: number, idempotencyKey: string) =>
    answerOf(api.POST('/api/v1/webhooks/{id}/rotate', { params: once(id, idempotencyKey) })),
  pause: (id: number, idempotencyKey: string) =>
    answerOf(api.POST('/api/v1/webhooks/{id}/pause', { params: once(id, idempotencyKey) })),
  resume: (id: number, idempotencyKey: string) =>
    answerOf(api.POST('/api/v1/webhooks/{id}/resume', { params: once(id, idempotencyKey) })),
  replay: (id: number, body: Schemas['WebhookReplay'], idempotencyKey: string) =>
    answerOf(api.POST('/api/v1/webhooks/{id}/replay', { params: once(id, idempotencyKey), body })),
  deliveries: (id: number, query: TextQuery<'listWebhookDeliveries'>, signal?: AbortSignal) =>
    answerOf(
      api.GET('/api/v1/webhooks/{id}/deliveries', {
        params: { ...at(id), query: queryOf<'listWebhookDeliveries'>(query) },
        signal,
      }),
    ),
};
