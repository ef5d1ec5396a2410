import type { Schemas } from '@cloudpam/api-client';
import { answerOf, api } from './client';
import { ifMatch, keyHeader } from './write';

const at = (id: number) => ({ path: { id } });

/** Calls on digests. */
export const digestsApi = {
  list: (signal?: AbortSignal) =>
    answerOf(api.GET('/api/v1/digests', { params: { query: { page_size: 100 } }, signal })),
  create: (body: Schemas['NewDigest'], idempotencyKey: string) =>
    answerOf(api.POST('/api/v1/digests', { params: { header: keyHeader(idempotencyKey) }, body })),
  change: ({ id, version }: Schemas['Digest'], body: Schemas['DigestPatch']) =>
    answerOf(
      api.PATCH('/api/v1/digests/{id}', {
        params: { ...at(id), header: ifMatch(version) },
        body,
      }),
    ),
  remove: (id: number) => answerOf(api.DELETE('/api/v1/digests/{id}', { params: at(id) })),
  /** As it would be sent now. */
  preview: (id: number, signal?: AbortSignal) =>
    answerOf(api.GET('/api/v1/digests/{id}/preview', { params: at(id), signal })),
  test: (id: number, idempotencyKey: string) =>
    answerOf(
      api.POST('/api/v1/digests/{id}/test', {
        params: { ...at(id), header: keyHeader(idempotencyKey) },
      }),
    ),
};
