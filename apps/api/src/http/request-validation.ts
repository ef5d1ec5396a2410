import { type ArgumentMetadata, Injectable, ValidationPipe } from '@nestjs/common';
import { unstorableAt } from '@cloudpam/audit';
import { getMetadataStorage, type ValidationError } from 'class-validator';
import { SchemaError, UNSTORABLE } from './schema';

type Problem = SchemaError['problems'][number];

/** Nobody mends more at once, and an answer is no longer than the request. */
const MOST_TOLD = 20;

/**
 * Checks bodies and queries against the classes that routes name as their types, and tells all that
 * is wrong: `unknown_field`,
 * `missing_field`, `invalid_field`. Values keep their types: a number in a body is a number, in a
 * query a text that looks like one.
 */
@Injectable()
export class RequestValidation extends ValidationPipe {
  constructor() {
    super({
      whitelist: true,
      forbidNonWhitelisted: true,
      transform: true,
      stopAtFirstError: true,
      forbidUnknownValues: true,
      exceptionFactory: (errors) =>
        new SchemaError(errors.flatMap((error) => problemsOf(error, '')).slice(0, MOST_TOLD)),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const { type, metatype } = metadata;
    if (
      (type !== 'body' && type !== 'query') ||
      !this.toValidate(metadata) ||
      metatype === undefined
    )
      return value;
    if (type === 'query') {
      const field = unstorableAt(value as object)?.[0]; // Fastify always parses it into an object
      if (field !== undefined)
        throw new SchemaError([
          { field: field.slice(0, 200), code: 'invalid_field', detail: UNSTORABLE },
        ]);
    } else {
      if (value === undefined && !hasFields(metatype)) return super.transform({}, metadata);
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        throw new SchemaError([
          { field: 'body', code: 'missing_field', detail: 'is required, as a JSON object' },
        ]);
      }
    }
    refuseUnknown(value as object, metatype);
    return super.transform(value, metadata);
  }

  /** Tags may be called `__proto__`. */
  protected override stripProtoKeys(): void {
    // Fields are copied by name, tags as they are.
  }
}

/**
 * Said before anything is copied: names such as `toString` get lost on the way, and of many only
 * the first are told. @throws SchemaError `unknown_field`
 */
function refuseUnknown(value: object, metatype: NonNullable<ArgumentMetadata['metatype']>): void {
  const known = new Set(checksOf(metatype).map(({ propertyName }) => propertyName));
  const others = Object.keys(value).filter((name) => !known.has(name));
  if (others.length > 0) throw new SchemaError(others.slice(0, MOST_TOLD).map(unknown));
}

function checksOf(
  metatype: NonNullable<ArgumentMetadata['metatype']>,
): ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']> {
  return getMetadataStorage().getTargetValidationMetadatas(metatype, '', false, false);
}

/** Whether a class has fields: then there is a body, be it `{}`. */
function hasFields(metatype: NonNullable<ArgumentMetadata['metatype']>): boolean {
  return checksOf(metatype).length > 0;
}

function problemsOf(
  { property, value, constraints, children }: ValidationError,
  above: string,
): Problem[] {
  const field = `${above}${property}`;
  const inside = (children ?? []).flatMap((child) => problemsOf(child, `${field}.`));
  const [name, detail] = Object.entries(constraints ?? {})[0] ?? [];
  if (name === undefined) return inside;
  if (name === 'whitelistValidation') return [unknown(field), ...inside];
  if (value === undefined)
    return [{ field, code: 'missing_field', detail: 'is required' }, ...inside];
  return [{ field, code: 'invalid_field', detail: detail ?? 'is not valid' }, ...inside];
}

function unknown(field: string): Problem {
  return {
    field: field.slice(0, 200),
    code: 'unknown_field',
    detail: 'is not a field of this request',
  };
}
