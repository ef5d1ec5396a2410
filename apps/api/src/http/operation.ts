import { applyDecorators, HttpCode, type Type } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import { ApiExtension, ApiOperation, ApiProduces, ApiResponse } from '@nestjs/swagger';
import { writtenFieldsOf } from './class-schema';
import type { AnswerHeader } from './document/headers';
import type { ProblemCode } from './problem-codes';

/** What a route says of its answers beside their classes. */
export interface RouteAnswers {
  /** Codes of the problems that are its own, beside those that any request of its kind can meet. */
  readonly problems: readonly ProblemCode[];
  /** Of these, what is said with 400 of things that a request names: in its body, or to filter by. */
  readonly named: readonly ProblemCode[];
  /**
   * Parameters that are kept for a release, each with the operation that is asked instead, whose
   * answer they give.
   */
  readonly replaced: Readonly<Record<string, string>>;
  /** Headers of its success, beside those that every answer has. */
  readonly headers: readonly AnswerHeader[];
  /** It changes nothing, though it has a body: sending it again needs no `Idempotency-Key`. */
  readonly writesNothing: boolean;
}

interface About extends Partial<RouteAnswers> {
  /** How clients call it: `listVlans`. */
  readonly id: string;
  readonly summary: string;
  /** What it does, and what it costs where that matters. Who may is added from `Requires`. */
  readonly description: string;
  /** The class of the answer; none where it has no body. */
  readonly answer?: Type;
  /** Its answer is a list of that class, of this media type. */
  readonly listedAs?: string;
  /** Its answers are long, and are written by the compiled fields of their class: they have no others. */
  readonly compiled?: true;
  /** The media types of the file that is answered in place of a class. */
  readonly file?: readonly string[];
  /** It takes files in place of a JSON object. */
  readonly takesFiles?: true;
  /** 200, when nothing else is said. */
  readonly status?: number;
}

/** Where the document finds what a route says; it is not in the document that is served. */
export const ROUTE_ANSWERS = 'x-told';

/** Marks a route that takes files, until the document says so in its own words. */
export const TAKES_FILES = 'x-takes-files';

/**
 * What the OpenAPI document tells of a route, and its status. The classes of query and body are
 * those of its parameters.
 */
export function Operation({
  id,
  summary,
  description,
  answer,
  listedAs,
  compiled,
  file,
  takesFiles,
  status = 200,
  problems = [],
  named = [],
  replaced = {},
  headers = [],
  writesNothing = false,
}: About): MethodDecorator {
  const told: RouteAnswers = { problems, named, replaced, headers, writesNothing };
  return applyDecorators(
    HttpCode(status),
    ApiOperation({ operationId: id, summary, description }),
    ApiExtension(ROUTE_ANSWERS, told),
    ...(answer && compiled
      ? [RouteSchema({ response: { [status]: writtenFieldsOf(answer) } })]
      : []),
    ...(file ? [ApiProduces(...file)] : []),
    ...(listedAs ? [ApiProduces(listedAs)] : []),
    ...(takesFiles ? [ApiExtension(TAKES_FILES, true)] : []),
    ApiResponse({
      status,
      description: summary,
      ...(file
        ? { schema: { type: 'string', format: 'binary' } }
        : { type: answer, isArray: listedAs !== undefined }),
    }),
  );
}
