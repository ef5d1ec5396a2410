import { applyDecorators, type Type as ClassType } from '@nestjs/common';
import { ApiProperty, getSchemaPath, type ApiPropertyOptions } from '@nestjs/swagger';
import { parseInstant } from '@cloudpam/audit';
import { DESCRIPTION_LENGTH, NAME_LENGTH } from '@cloudpam/pools';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { LARGEST_RECORD_ID, WHOLE } from './schema';

/** What every field of a request or an answer says of itself. */
export interface About {
  readonly description: string;
  readonly example?: unknown;
  /** It may be left out. */
  readonly optional?: boolean;
  /** It may be null. */
  readonly nullable?: boolean;
  readonly default?: unknown;
  /** Kept for a release; the description says what stands for it. */
  readonly deprecated?: true;
}

interface Text extends About {
  /** Characters. */
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
  /** Of JSON Schema, for the document: `uuid`, `cidr`, `ip`. */
  readonly format?: string;
}

interface Whole extends About {
  readonly min?: number;
  readonly max?: number;
}

interface List extends About {
  readonly min?: number;
  readonly max?: number;
}

/** Marks a field that may be anything; Nest does not describe one without a type. */
export const ANY = 'x-any';
const ANYTHING = { type: 'string', [ANY]: true } as ApiPropertyOptions; // with an extension
const LONGEST_TEXT = 20_000;
/** Ids of pools and resources. */
const LARGEST_ID = Number.MAX_SAFE_INTEGER;

/** A text. */
export function TextField({
  min,
  max = LONGEST_TEXT,
  pattern,
  format,
  ...about
}: Text): PropertyDecorator {
  return field(
    about,
    { type: 'string', minLength: min, maxLength: max, pattern: pattern?.source, format },
    [
      IsString({ message: 'must be a text' }),
      MaxLength(max, { message: `must have at most ${max} characters` }),
      ...(min === undefined
        ? []
        : [MinLength(min, { message: `must have at least ${min} characters` })]),
      ...(pattern ? [Matches(pattern, { message: `must match ${pattern.source}` })] : []),
    ],
  );
}

/** The name of something, for people. */
export function NameField(about: About): PropertyDecorator {
  return TextField({ ...about, min: 1, max: NAME_LENGTH });
}

/** What people say of something. */
export function DescriptionField(about: Pick<About, 'optional'> = {}): PropertyDecorator {
  return TextField({
    example: 'Offices in Berlin',
    ...about,
    description: 'For people',
    max: DESCRIPTION_LENGTH,
  });
}

/** A canonical CIDR, IPv4 or IPv6. What no CIDR is, the use case refuses by its own words. */
export function CidrField(about: About): PropertyDecorator {
  const description = `${about.description}: a canonical CIDR (RFC 4632, RFC 5952)`;
  return TextField({ example: '10.20.0.0/16', ...about, description, max: 64, format: 'cidr' });
}

/** An address, IPv4 or IPv6. */
export function IpField(about: About): PropertyDecorator {
  return TextField({ example: '192.0.2.1', ...about, max: 45, format: 'ip' });
}

/** A count of addresses, which can pass 2^53, so it is a text of digits. */
export function DecimalField(about: About): PropertyDecorator {
  return TextField({ example: '65536', ...about, pattern: /^\d+$/ });
}

/** IPv4 or IPv6. */
export function FamilyField(about: About): PropertyDecorator {
  return field(about, { type: 'integer', enum: [4, 6] }, [
    IsIn([4, 6], { message: 'must be 4 or 6' }),
  ]);
}

/** A whole number. In a query it is written as people write numbers. */
export function WholeField({ min, max, ...about }: Whole): PropertyDecorator {
  const range = min !== undefined && max !== undefined ? ` from ${min} to ${max}` : '';
  const message = `must be a whole number${range}`;
  return field(about, { type: 'integer', format: 'int64', minimum: min, maximum: max }, [
    IsInt({ message }),
    ...(min === undefined ? [] : [Min(min, { message })]),
    ...(max === undefined ? [] : [Max(max, { message })]),
  ]);
}

/** The id of a pool or a discovered resource. */
export function IdField(about: About): PropertyDecorator {
  return WholeField({ ...about, min: 1, max: LARGEST_ID });
}

/** The id of an account, VRF, VLAN, token or user. */
export function RecordIdField(about: About): PropertyDecorator {
  return WholeField({ ...about, min: 1, max: LARGEST_RECORD_ID });
}

/** Any number. */
export function NumberField({ min, max, ...about }: Whole): PropertyDecorator {
  return field(about, { type: 'number', format: 'double', minimum: min, maximum: max }, [
    IsNumber({}, { message: 'must be a number' }),
  ]);
}

export function BooleanField(about: About): PropertyDecorator {
  return field(about, { type: 'boolean' }, [IsBoolean({ message: 'must be true or false' })]);
}

/** One of several words. @param name the schema of the words in the document */
export function WordField({
  words,
  name,
  ...about
}: About & { readonly words: readonly string[]; readonly name: string }): PropertyDecorator {
  return field(about, { enum: [...words], enumName: name }, [
    IsIn(words, { message: `must be one of ${words.join(', ')}` }),
  ]);
}

/** A moment (RFC 3339), from the year 0001 to 9999. */
export function TimeField(about: About): PropertyDecorator {
  const { optional = false, nullable = false } = about;
  // Of what need not be there none is shown by itself.
  const example = optional || nullable ? undefined : '2026-01-31T12:00:00Z';
  return field({ example, ...about }, { type: 'string', format: 'date-time' }, [
    ValidateBy({
      name: 'isInstant',
      validator: {
        validate: (value) => typeof value === 'string' && parseInstant(value) !== undefined,
        defaultMessage: () =>
          'must be a moment such as 2026-01-31T12:00:00Z, from the year 0001 to 9999 (RFC 3339)',
      },
    }),
  ]);
}

/** Texts by key. Keys are data: nothing is read into `__proto__` or any other. */
export function TagsField(about: About): PropertyDecorator {
  return field(about, { type: 'object', additionalProperties: { type: 'string' } }, [
    ValidateBy({
      name: 'isTags',
      validator: {
        validate: (value) =>
          typeof value === 'object' &&
          value !== null &&
          !Array.isArray(value) &&
          Object.values(value).every((each) => typeof each === 'string'),
        defaultMessage: () => 'must be an object of texts',
      },
    }),
  ]);
}

/** An object with whatever is in it. */
export function DataField(about: About): PropertyDecorator {
  return field(about, { type: 'object', additionalProperties: true }, [
    ValidateBy({
      name: 'isData',
      validator: { validate: isObject, defaultMessage: () => 'must be an object' },
    }),
  ]);
}

/** Whatever it is: it is not read. */
export function UnreadField(about: Pick<About, 'description'>): PropertyDecorator {
  return field({ ...about, optional: true }, ANYTHING, []);
}

/** A list of texts. */
export function TextsField({
  min,
  max,
  longest = LONGEST_TEXT,
  pattern,
  words,
  name,
  ...about
}: List & {
  /** Characters of each. */
  readonly longest?: number;
  readonly pattern?: RegExp;
  /** What each may be. */
  readonly words?: readonly string[];
  readonly name?: string;
}): PropertyDecorator {
  const each = { each: true };
  return field(
    about,
    {
      isArray: true,
      minItems: min,
      maxItems: max,
      ...(words
        ? { enum: [...words], enumName: name ?? '' }
        : {
            type: 'string',
            items: {
              type: 'string',
              maxLength: longest,
              ...(pattern && { pattern: pattern.source }),
            },
          }),
    },
    [
      ...listChecks(min, max),
      IsString({ ...each, message: 'must be texts' }),
      ...(words
        ? [IsIn(words, { ...each, message: `must be of ${words.join(', ')}` })]
        : [
            MaxLength(longest, {
              ...each,
              message: `must have at most ${longest} characters each`,
            }),
            ...(pattern
              ? [Matches(pattern, { ...each, message: `must each match ${pattern.source}` })]
              : []),
          ]),
    ],
  );
}

/** Rows of texts: a table as it was read. */
export function TextRowsField(about: About): PropertyDecorator {
  const cells = { type: 'array', items: { type: 'string', maxLength: LONGEST_TEXT } };
  return field(about, { type: 'array', items: cells } as ApiPropertyOptions, []); // of an answer alone
}

/** A list of ids of pools or discovered resources. */
export function IdsField({
  min,
  max,
  unique = false,
  ...about
}: List & {
  readonly unique?: boolean;
}): PropertyDecorator {
  const each = { each: true, message: `must be whole numbers from 1 to ${LARGEST_ID}` };
  return field(
    about,
    {
      isArray: true,
      minItems: min,
      maxItems: max,
      uniqueItems: unique || undefined,
      type: 'integer',
      items: { type: 'integer', format: 'int64', minimum: 1, maximum: LARGEST_ID },
    },
    [
      ...listChecks(min, max),
      ...(unique ? [ArrayUnique({ message: 'must not hold an id twice' })] : []),
      IsInt(each),
      Min(1, each),
      Max(LARGEST_ID, each),
    ],
  );
}

/** Another object. @param type its class, in a function where that is declared later */
export function ObjectField({
  type,
  ...about
}: About & { readonly type: () => ClassType }): PropertyDecorator {
  return field(about, { type }, [
    ValidateBy({
      name: 'isObject',
      validator: { validate: isObject, defaultMessage: () => 'must be an object' },
    }),
    ValidateNested(),
  ]);
}

/** A list of objects. */
export function ObjectsField({
  type,
  min,
  max,
  ...about
}: List & { readonly type: () => ClassType }): PropertyDecorator {
  return field(about, { type, isArray: true, minItems: min, maxItems: max }, [
    ...listChecks(min, max),
    ValidateBy(
      {
        name: 'areObjects',
        validator: { validate: isObject, defaultMessage: () => 'must be objects' },
      },
      { each: true },
    ),
    ValidateNested({ each: true }),
  ]);
}

/** Objects by key, in an answer. @param type their class, which the owner names as an extra model */
export function ObjectsByKeyField({
  type,
  ...about
}: About & { readonly type: ClassType }): PropertyDecorator {
  return field(about, { type: 'object', additionalProperties: { $ref: getSchemaPath(type) } }, []);
}

function listChecks(min: number | undefined, max: number | undefined): PropertyDecorator[] {
  return [
    IsArray({ message: 'must be a list' }),
    ...(min === undefined
      ? []
      : [ArrayMinSize(min, { message: `must have at least ${min} entries` })]),
    ...(max === undefined
      ? []
      : [ArrayMaxSize(max, { message: `must have at most ${max} entries` })]),
  ];
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Where @nestjs/swagger keeps what `ApiProperty` tells of the fields of a class. */
const NAMES = 'swagger/apiModelPropertiesArray';
const API_PROPERTIES = 'swagger/apiModelProperties';
const IN_QUERY = 'cloudpam/in-query';

/**
 * What the fields of a class say of themselves, also where the class is made of another one
 * (`PartialType`).
 */
export function fieldsIn(type: ClassType): ReadonlyMap<string, ApiPropertyOptions> {
  const prototype = type.prototype as object;
  const names = (Reflect.getMetadata(NAMES, prototype) ?? []) as readonly string[]; // `:name`
  return new Map(
    names.map((each) => {
      const name = each.slice(1);
      return [name, Reflect.getMetadata(API_PROPERTIES, prototype, name) as ApiPropertyOptions];
    }),
  );
}

function field(
  {
    description,
    example,
    optional = false,
    nullable = false,
    default: standard,
    deprecated,
  }: About,
  schema: ApiPropertyOptions,
  checks: readonly PropertyDecorator[],
): PropertyDecorator {
  const known = Object.fromEntries(
    Object.entries({ ...schema, example, default: standard, deprecated }).filter(
      ([, value]) => value !== undefined,
    ),
  );
  const described = { ...known, description, required: !optional, ...(nullable && { nullable }) };
  return applyDecorators(
    ApiProperty(described as ApiPropertyOptions), // the same options without those that say nothing
    ...(optional ? [ValidateIf((_, value) => value !== undefined)] : []),
    ...(nullable ? [ValidateIf((_, value) => value !== null)] : []),
    ...checks,
  );
}

type InQuery = 'number' | 'boolean' | 'list';

/**
 * A field of a query: numbers and booleans are read from the texts that they are there, and a
 * parameter that may stand several times is a list when it stands once.
 */
export function inQuery(kind: InQuery): PropertyDecorator {
  return (target, name) => Reflect.defineMetadata(IN_QUERY, kind, target, name);
}

/** The value of a field, read from the text that it is in a query. */
export function readFromQuery(prototype: object, name: string, value: unknown): unknown {
  const kind = Reflect.getMetadata(IN_QUERY, prototype, name) as InQuery | undefined;
  if (kind === 'list') return Array.isArray(value) ? value : [value];
  if (kind === undefined || typeof value !== 'string') return value;
  if (kind === 'number') return WHOLE.test(value) ? Number(value) : value;
  return value === 'true' ? true : value === 'false' ? false : value;
}
