import {
  asList,
  asObject,
  asText,
  type CloudFailure,
  type JsonObject,
} from '@cloudpam/provider-shapes';

/** What Google warns of in answers that it gives nevertheless. */
export class Warnings {
  private code: string | undefined;
  private readonly messages = new Set<string>();

  /** @param where the answer is of, for people */
  take(answer: JsonObject, where: string): void {
    const warning = asObject(answer['warning']);
    // A page of an aggregated list says this of every region whose entries are on another page.
    if (warning && warning['code'] !== 'NO_RESULTS_ON_PAGE') {
      const code = asText(warning['code']) ?? 'warning';
      this.add(code, `${where}: ${asText(warning['message']) ?? code}`);
    }
    for (const unreachable of asList(answer['unreachables']) ?? [])
      this.add('UNREACHABLE', `${String(unreachable)} was not reached`);
  }

  /** What was warned of; undefined for nothing. */
  failure(): CloudFailure | undefined {
    return this.code === undefined
      ? undefined
      : { code: this.code, message: [...this.messages].join('; ') };
  }

  private add(code: string, message: string): void {
    this.code ??= code;
    this.messages.add(message);
  }
}
