import type { Schemas } from '@cloudpam/api-client';
import { answerOf, api } from './client';
import { queryOf } from './query';
import { changed, type RecordsApi } from './records';
import { keyHeader } from './write';

type VlanGroup = Schemas['VlanGroup'];

/** Calls on VLAN groups. */
export const vlanGroupsApi: RecordsApi<
  VlanGroup,
  Schemas['NewVlanGroup'],
  Schemas['VlanGroupPatch']
> = {
  name: 'vlan-groups',
  list: (query, signal) =>
    answerOf(
      api.GET('/api/v1/vlan-groups', {
        params: { query: queryOf<'listVlanGroups'>(query) },
        signal,
      }),
    ),
  create: (body, idempotencyKey) =>
    answerOf(
      api.POST('/api/v1/vlan-groups', { params: { header: keyHeader(idempotencyKey) }, body }),
    ),
  change: (record, body) =>
    answerOf(api.PATCH('/api/v1/vlan-groups/{id}', { params: changed(record), body })),
  remove: ({ id }) =>
    answerOf(api.DELETE('/api/v1/vlan-groups/{id}', { params: { path: { id } } })),
};

/** What a VLAN group would be; nothing is written. @param id undefined where it would be made */
export function previewVlanGroup(
  id: number | undefined,
  body: Schemas['VlanGroupPatch'],
  signal: AbortSignal,
): Promise<VlanGroup> {
  const query = { dry_run: true } as const;
  return id === undefined
    ? answerOf(
        api.POST('/api/v1/vlan-groups', {
          params: { query },
          body: body as Schemas['NewVlanGroup'], // The server says what is missing.
          signal,
        }),
      )
    : answerOf(
        api.PATCH('/api/v1/vlan-groups/{id}', { params: { path: { id }, query }, body, signal }),
      );
}

/** The VLAN ids of a group that no VLAN has. */
export function fetchFreeVids(id: number, signal?: AbortSignal): Promise<Schemas['FreeVids']> {
  return answerOf(api.GET('/api/v1/vlan-groups/{id}/free', { params: { path: { id } }, signal }));
}

/** Makes a VLAN with the lowest free VLAN id of a group. */
export function takeVlan(
  id: number,
  body: Schemas['NewVlanInGroup'],
  idempotencyKey: string,
): Promise<Schemas['Vlan']> {
  return answerOf(
    api.POST('/api/v1/vlan-groups/{id}/vlans', {
      params: { path: { id }, header: keyHeader(idempotencyKey) },
      body,
    }),
  );
}
