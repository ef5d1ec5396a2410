import { ApiExtension } from '@nestjs/swagger';

/** What a class of a request says as a whole, beside what its fields say; in words of JSON Schema. */
interface Shape {
  /** Fields that it does not name may come too, and are left unread: others decide what they send. */
  readonly additionalProperties?: true;
  /** So many fields at least. */
  readonly minProperties?: number;
}

const KEY = 'x-shape';

/** Gives a class of a request its shape, for the check and for the document. */
export function Shaped(shape: Shape): ClassDecorator {
  return (target) => {
    Reflect.defineMetadata(KEY, shape, target);
    ApiExtension(KEY, shape)(target);
  };
}

/** The shape of a class. */
export function shapeOf(target: object): Shape {
  return (Reflect.getMetadata(KEY, target) ?? {}) as Shape; // put there by `Shaped`
}

/** The schema that Nest made of a class, with the shape of the class in its own words. */
export function withShape<T extends object>(schema: T): T {
  const { [KEY]: shape, ...rest } = schema as T & { [KEY]?: Shape };
  if (!shape) return rest as T;
  const { additionalProperties: isOpen, ...facts } = shape;
  // Other fields may come where nothing is said of them.
  if (isOpen) delete (rest as { additionalProperties?: unknown }).additionalProperties;
  return { ...rest, ...facts } as T;
}
