import { readFileSync } from 'node:fs';
import path from 'node:path';
import Fastify from 'fastify';
import { RawBody } from '../../http/raw-body';
import { DocumentCheck } from './document-check';
import type { Document, Exchange } from './document-types';
import { takeFaults } from './found-faults';

const FILE = path.resolve(__dirname, '../../../../../libs/api-client/openapi.json');
const DOCUMENT = JSON.parse(readFileSync(FILE, 'utf8')) as Document;
const VLAN = {
  id: 7,
  vid: 100,
  group: '',
  group_id: null,
  name: 'office',
  description: '',
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
  version: 1,
};
const PROBLEM = {
  type: 'https://cloudpam.dev/problems/vlan_not_found',
  title: 'Not found',
  status: 404,
  detail: 'There is no VLAN 7.',
  instance: '/api/v1/vlans/7',
  code: 'vlan_not_found',
  request_id: 'r-1',
};

const GET_VLAN: Exchange = {
  method: 'GET',
  url: '/api/v1/vlans/7',
  route: '/api/v1/vlans/:id',
  query: {},
  requestHeaders: {},
  requestBody: undefined,
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8', etag: '"1"', date: 'today' },
  body: JSON.stringify(VLAN),
};
const NEW_VLAN: Exchange = {
  ...GET_VLAN,
  method: 'POST',
  url: '/api/v1/vlans',
  route: '/api/v1/vlans',
  requestHeaders: { 'content-type': 'application/json' },
  requestBody: { vid: 100, name: 'office' },
  status: 201,
};
const NO_VLAN: Exchange = {
  ...GET_VLAN,
  status: 404,
  headers: { 'content-type': 'application/problem+json' },
  body: JSON.stringify(PROBLEM),
};

describe('the check against the document', () => {
  const check = new DocumentCheck(DOCUMENT);

  it('finds nothing in what is documented', () => {
    for (const each of [GET_VLAN, NEW_VLAN, NO_VLAN]) expect(check.faults(each)).toEqual([]);
  });

  const planted: readonly (readonly [string, Exchange, string])[] = [
    [
      'a field of an answer',
      { ...GET_VLAN, body: JSON.stringify({ ...VLAN, colour: 'red' }) },
      'GET /api/v1/vlans/:id -> 200: body must NOT have additional properties (colour)',
    ],
    [
      'the type of a field',
      { ...GET_VLAN, body: JSON.stringify({ ...VLAN, vid: '100' }) },
      'GET /api/v1/vlans/:id -> 200: body/vid must be integer (integer)',
    ],
    [
      'a status',
      { ...GET_VLAN, status: 206 },
      'GET /api/v1/vlans/:id -> 206: the status is not documented',
    ],
    [
      'a media type',
      { ...GET_VLAN, headers: { ...GET_VLAN.headers, 'content-type': 'text/html' } },
      'GET /api/v1/vlans/:id -> 200: the media type text/html is not documented',
    ],
    [
      'a header',
      { ...GET_VLAN, headers: { ...GET_VLAN.headers, 'x-colour': 'red' } },
      'GET /api/v1/vlans/:id -> 200: the header x-colour is not documented',
    ],
    [
      'a problem',
      { ...NO_VLAN, body: JSON.stringify({ ...PROBLEM, code: 'vrf_not_found' }) },
      'GET /api/v1/vlans/:id -> 404: the problem vrf_not_found is not documented',
    ],
    [
      'a parameter',
      { ...GET_VLAN, query: { colour: 'red' } },
      'GET /api/v1/vlans/:id -> 200: the parameter colour is not documented',
    ],
    [
      'a field of a request',
      { ...NEW_VLAN, requestBody: { vid: 100, name: 'office', colour: 'red' } },
      'POST /api/v1/vlans -> 201: body of the request must NOT have additional properties (colour)',
    ],
    [
      'the media type of a request',
      { ...NEW_VLAN, requestHeaders: { 'content-type': 'text/plain' } },
      'POST /api/v1/vlans -> 201: the media type text/plain of the body is not documented',
    ],
    [
      'the media type of files',
      {
        ...NEW_VLAN,
        requestHeaders: { 'content-type': 'text/csv' },
        requestBody: new RawBody('text/csv', Buffer.from('a,b')),
      },
      'POST /api/v1/vlans -> 201: the media type text/csv of the body is not documented',
    ],
    [
      'an operation',
      { ...GET_VLAN, url: '/api/v1/colours', route: '/api/v1/colours' },
      'GET /api/v1/colours -> 200: the operation is not documented',
    ],
  ];

  it.each(planted)('finds %s that is not documented', (_, exchange, fault) => {
    expect(check.faults(exchange)).toEqual([fault]);
  });
});

describe('every server of these specs', () => {
  it('is held to the document before it answers', async () => {
    const server = Fastify();
    server.get('/healthz', () => ({ status: 'ok', colour: 'red' }));
    await server.inject('/healthz');
    await server.close();
    expect(takeFaults()).toEqual([
      'GET /healthz -> 200: body must NOT have additional properties (colour)',
    ]);
  });
});
