/// <reference lib="dom" />
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const SCHEMES = ['light', 'dark'] as const;

/** Ends what moves from one look to another. Runs in the browser. */
function endTransitions(): void {
  for (const each of document.getAnimations()) if (each instanceof CSSTransition) each.finish();
}

/**
 * What axe finds in what is shown, in light and dark: WCAG A and AA, and good practice.
 * @param part a selector: what is around it was looked at before
 */
export async function axeFaults(page: Page, part = 'html'): Promise<string[]> {
  const faults: string[] = [];
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
    await page.evaluate(endTransitions);
    // The page has no frames: what axe finds need not be put together in another tab.
    const { violations } = await new AxeBuilder({ page })
      .include(part)
      .setLegacyMode()
      .options({ resultTypes: ['violations'] })
      .analyze();
    for (const { id, impact, nodes } of violations)
      for (const { target, html } of nodes)
        faults.push(`${colorScheme}: ${id} (${impact}): ${target.join(' ')} ${html.slice(0, 160)}`);
  }
  return faults;
}
