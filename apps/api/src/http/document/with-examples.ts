import type { OpenAPIObject } from '@nestjs/swagger';
import type { Schema } from '../schema';
import { Examples } from './examples';

interface Content {
  readonly [mediaType: string]: { readonly schema?: Schema };
}

/** The document with an example of every body and every answer that is a named schema. */
export function withExamples(document: OpenAPIObject): OpenAPIObject {
  const examples = new Examples((document.components?.schemas ?? {}) as Record<string, Schema>); // of our classes
  const named: Record<string, { value: unknown }> = {};
  const shown = (content: Content): Content =>
    Object.fromEntries(
      Object.entries(content).map(([type, media]) => {
        const [, name] = /schemas\/(\w+)$/.exec(String(media.schema?.['$ref'] ?? '')) ?? [];
        const value = name === undefined ? undefined : examples.of(name);
        if (name === undefined || value === undefined) return [type, media];
        named[name] = { value };
        return [
          type,
          { ...media, examples: { [name]: { $ref: `#/components/examples/${name}` } } },
        ];
      }),
    );
  const paths = mapContent(document.paths, shown) as OpenAPIObject['paths']; // of the same shape
  return { ...document, paths, components: { ...document.components, examples: named } };
}

/** The same with other contents. */
function mapContent(value: unknown, change: (content: Content) => Content): unknown {
  if (Array.isArray(value)) return value.map((each) => mapContent(each, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      key === 'content' ? change(each as Content) : mapContent(each, change),
    ]),
  );
}
