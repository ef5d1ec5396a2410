import {
  createParamDecorator,
  type ExecutionContext,
  type ParamDecoratorEnhancer,
} from '@nestjs/common';
import { ApiParam, type ApiParamOptions } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { LARGEST_RECORD_ID, SchemaError } from './schema';

/** Describes a path parameter where its method takes it. */
const describedAs =
  (parameter: ApiParamOptions): ParamDecoratorEnhancer =>
  (target, name = '') =>
    void ApiParam(parameter)(target, name, Object.getOwnPropertyDescriptor(target, name) ?? {});

const idUpTo = (max: number): (() => ParameterDecorator) =>
  createParamDecorator(
    (_: unknown, context: ExecutionContext): number => {
      const { id = '' } = context.switchToHttp().getRequest<FastifyRequest>().params as {
        id?: string;
      }; // a route with this parameter
      if (!/^[1-9]\d{0,15}$/.test(id) || Number(id) > max)
        throw new SchemaError([
          { field: 'id', code: 'invalid_field', detail: `must be a whole number from 1 to ${max}` },
        ]);
      return Number(id);
    },
    [
      describedAs({
        name: 'id',
        description: 'The id',
        schema: { type: 'integer', format: 'int64', minimum: 1, maximum: max, example: 42 },
      }),
    ],
  );

/** The path parameter `id` of a pool or a discovered resource. */
export const PathId = idUpTo(Number.MAX_SAFE_INTEGER);
/**
 * The path parameter `id` of an account, VRF, VLAN, token or user: storages keep these in 32 bits.
 */
export const PathRecordId = idUpTo(LARGEST_RECORD_ID);

const NAME = {
  max: 100,
  pattern: '^[^\\u0000-\\u001f\\u007f]*[^\\s\\u0000-\\u001f\\u007f][^\\u0000-\\u001f\\u007f]*$',
};
const NAMED = new RegExp(NAME.pattern, 'u');

/** The path parameter `name` of what is called by its name. */
export const PathName = createParamDecorator(
  (_: unknown, context: ExecutionContext): string => {
    const { name = '' } = context.switchToHttp().getRequest<FastifyRequest>().params as {
      name?: string;
    }; // a route with this parameter
    if ([...name].length > NAME.max || !NAMED.test(name) || !name.isWellFormed())
      throw new SchemaError([
        {
          field: 'name',
          code: 'invalid_field',
          detail: `must be a text of 1 to ${NAME.max} characters without control characters`,
        },
      ]);
    return name;
  },
  [
    describedAs({
      name: 'name',
      description: 'The name',
      schema: {
        type: 'string',
        minLength: 1,
        maxLength: NAME.max,
        pattern: NAME.pattern,
        example: 'branch offices',
      },
    }),
  ],
);
