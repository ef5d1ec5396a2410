import { asList, asObject, type JsonObject } from '@cloudpam/provider-shapes';
import { MalformedAnswer } from './gcp-failure';
import type { Warnings } from './warnings';

/**
 * What pages of an aggregated list have, page by page, of all regions or zones together.
 * @param method for messages
 * @param field of the list of each region
 * @param onProblem told of a region whose list is malformed
 * @throws MalformedAnswer
 */
export async function* aggregated(
  pages: AsyncIterable<JsonObject>,
  method: string,
  field: string,
  warnings: Warnings,
  onProblem: (problem: string) => void,
): AsyncGenerator<readonly unknown[]> {
  for await (const page of pages) {
    const byRegion = asObject(page['items'] ?? {});
    if (!byRegion)
      throw new MalformedAnswer(`${method} was answered with items that are not by region`);
    const entries: unknown[] = [];
    for (const [region, answer] of Object.entries(byRegion)) {
      const regional = asObject(answer);
      const list = asList(regional?.[field]);
      if (!regional || !list) onProblem(`${region} has malformed ${field}`);
      else warnings.take(regional, region);
      entries.push(...(list ?? []));
    }
    warnings.take(page, 'all regions');
    yield entries;
  }
}
