import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { Document, Operation } from './request-generator';

/** Holds answers against the document: status, media type and body. */
export class AnswerCheck {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: false });
  private readonly checks = new Map<string, ValidateFunction>();

  constructor(document: Document) {
    addFormats(this.ajv);
    this.ajv.addSchema(document, 'document');
  }

  /** What an answer has that the document does not; undefined for one that is as documented. */
  fault(
    operation: Operation,
    status: number,
    contentType: string,
    body: string,
  ): string | undefined {
    const key = [String(status), `${Math.floor(status / 100)}XX`].find(
      (each) => operation.responses[each] !== undefined,
    );
    if (key === undefined) return `the status ${status} is not documented`;
    const content = operation.responses[key]?.content ?? {};
    const type = contentType.split(';')[0] ?? '';
    if (Object.keys(content).length === 0 || status === 204 || status === 302 || status === 303)
      return undefined;
    if (content[type] === undefined)
      return `the media type "${type}" is not documented for ${status}`;
    if (!/^application\/(problem\+)?json$/.test(type)) return undefined;
    const pointer = [
      'paths',
      operation.path,
      operation.method,
      'responses',
      key,
      'content',
      type,
      'schema',
    ].map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1'));
    const name = `document#/${pointer.map(encodeURIComponent).join('/')}`;
    let check = this.checks.get(name);
    if (!check) {
      check = this.ajv.compile({ $ref: name });
      this.checks.set(name, check);
    }
    return check(JSON.parse(body))
      ? undefined
      : `the body is not as documented: ${this.ajv.errorsText(check.errors)}`;
  }
}
