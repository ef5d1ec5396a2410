import { applyDecorators, HttpCode, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiOperation, ApiResponse, getSchemaPath } from '@nestjs/swagger';

interface About {
  /** How clients call it: `listVlans`. */
  readonly id: string;
  readonly summary: string;
  /** What it does, and what it costs where that matters. Who may is added from `Requires`. */
  readonly description: string;
  /** The class of the answer, or those that it can have. */
  readonly answer: Type | readonly Type[];
  /** 200, when nothing else is said. */
  readonly status?: number;
  /** Codes of the problems that are its own, beside those that any request can meet. */
  readonly problems?: readonly string[];
}

/**
 * What the OpenAPI document tells of a route, and its status. The classes of query and body are
 * those of its parameters.
 */
export function Operation({
  id,
  summary,
  description,
  answer,
  status = 200,
  problems = [],
}: About): MethodDecorator {
  const codes =
    problems.length > 0
      ? ` Its problems: ${problems.map((code) => `\`${code}\``).join(', ')}.`
      : '';
  return applyDecorators(
    HttpCode(status),
    ApiOperation({ operationId: id, summary, description: `${description}${codes}` }),
    ...(isOne(answer)
      ? [ApiResponse({ status, type: answer, description: summary })]
      : [
          ApiExtraModels(...answer),
          ApiResponse({
            status,
            description: summary,
            schema: { anyOf: answer.map((each) => ({ $ref: getSchemaPath(each) })) },
          }),
        ]),
  );
}

function isOne(answer: Type | readonly Type[]): answer is Type {
  return !Array.isArray(answer);
}
