import type { OpenAPIObject } from '@nestjs/swagger';
import type { Requirement } from '../access-guard';
import { isTagged } from '../entity-tags';
import { ROUTE_ANSWERS, TAKES_FILES, type RouteAnswers } from '../operation';

export type DocumentedOperation = NonNullable<OpenAPIObject['paths'][string]['get']>;

/** What decides which parameters, headers and problems a route has in the document. */
export interface RouteFacts extends RouteAnswers {
  readonly path: string;
  readonly isPublic: boolean;
  readonly withinLimits: boolean;
  /** Reads a body, or refuses one. */
  readonly isWrite: boolean;
  /** Heeds `Idempotency-Key`. */
  readonly takesKey: boolean;
  /** Answers JSON with an ETag, and heeds `If-None-Match`. */
  readonly isTagged: boolean;
  /** A replica may answer it. */
  readonly isForReplicas: boolean;
  /** Heeds `If-Match`. */
  readonly takesVersion: boolean;
  readonly takesCursor: boolean;
  /** Has a parameter that is an address, a CIDR or a range. */
  readonly takesRange: boolean;
  /** Has a parameter that may not be left out. */
  readonly asksMore: boolean;
  readonly asksStorage: boolean;
  readonly hasDryRun: boolean;
  /** Its body is files. */
  readonly takesFiles: boolean;
}

/** The parts of an operation that are for us, and not for the document. */
interface Marked extends DocumentedOperation {
  readonly [ROUTE_ANSWERS]?: RouteAnswers;
  readonly 'x-requirement'?: Requirement;
  readonly [TAKES_FILES]?: true;
}

/** What our decorators have said of a route, and the operation without that. */
export function readRoute(
  path: string,
  method: string,
  operation: DocumentedOperation,
): { facts: RouteFacts; requirement: Requirement | undefined; rest: DocumentedOperation } {
  const marked: Marked = operation; // with what `Operation` and `Requires` add
  const {
    [ROUTE_ANSWERS]: told,
    'x-requirement': requirement,
    [TAKES_FILES]: takesFiles = false,
    ...rest
  } = marked;
  const takes = (name: string): boolean =>
    (rest.parameters ?? []).some((each) => 'name' in each && each.name === name);
  const isPublic = requirement?.permission === 'public';
  const {
    problems = [],
    named = [],
    replaced = {},
    headers = [],
    writesNothing = false,
  } = told ?? {};
  const facts: RouteFacts = {
    problems,
    named,
    replaced,
    headers,
    writesNothing,
    path,
    isPublic,
    withinLimits: requirement?.withinLimits === true,
    isWrite: method !== 'get',
    isTagged: method === 'get' && isTagged(path) && answersJson(rest),
    isForReplicas: method === 'get' && !isPublic && isTagged(path),
    takesKey: method === 'post' && !isPublic && !writesNothing,
    takesVersion: problems.includes('version_mismatch'),
    takesCursor: takes('cursor'),
    takesRange: ['cidr_contains', 'cidr_within', 'cidr_touching'].some(takes),
    asksMore: (rest.parameters ?? []).some(
      (each) => 'name' in each && each.in === 'query' && each.required === true,
    ),
    asksStorage: path !== '/healthz',
    hasDryRun: takes('dry_run'),
    takesFiles,
  };
  return { facts, requirement, rest };
}

function answersJson({ responses }: DocumentedOperation): boolean {
  const answer = responses['200'];
  return (
    answer !== undefined && 'content' in answer && 'application/json' in (answer.content ?? {})
  );
}
