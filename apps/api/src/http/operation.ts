import { applyDecorators, HttpCode, type Type } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiOperation,
  ApiProduces,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';

interface About {
  /** How clients call it: `listVlans`. */
  readonly id: string;
  readonly summary: string;
  /** What it does, and what it costs where that matters. Who may is added from `Requires`. */
  readonly description: string;
  /** The class of the answer, or those that it can have; none where it has no body. */
  readonly answer?: Type | readonly Type[];
  /** The media types of the file that is answered in place of a class. */
  readonly file?: readonly string[];
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
  file,
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
    ...(file ? [ApiProduces(...file)] : []),
    ...(isSeveral(answer) ? [ApiExtraModels(...answer)] : []),
    ApiResponse({
      status,
      description: summary,
      ...(file
        ? { schema: { type: 'string', format: 'binary' } }
        : isSeveral(answer)
          ? { schema: { anyOf: answer.map((each) => ({ $ref: getSchemaPath(each) })) } }
          : { type: answer }),
    }),
  );
}

function isSeveral(answer: About['answer']): answer is readonly Type[] {
  return Array.isArray(answer);
}
