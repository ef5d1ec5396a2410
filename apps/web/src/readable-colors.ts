import { DEFAULT_THEME } from '@mantine/core';
import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core';

/** Colours whose darkest shade is too light for text on their own tint (WCAG 2 AA: 4.5 to 1). */
export const DARKER = {
  orange: endingIn('orange', '#a83408'),
  teal: endingIn('teal', '#066649'),
  yellow: endingIn('yellow', '#7a4400'),
  green: endingIn('green', '#1f6b2b'),
} as const;

const TEXTS = ['orange', 'teal', 'yellow', 'green', 'red', 'blue', 'indigo'] as const;

/** Texts that Mantine colours too faintly for WCAG 2 AA. */
export const readableColors: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-6)',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
    '--mantine-color-anchor': 'var(--mantine-color-indigo-8)',
    '--mantine-color-red-filled': 'var(--mantine-color-red-9)',
    '--mantine-color-red-filled-hover': '#b02525',
    ...Object.fromEntries(
      TEXTS.flatMap((name) => [
        [`--mantine-color-${name}-text`, `var(--mantine-color-${name}-9)`],
        [`--mantine-color-${name}-outline`, `var(--mantine-color-${name}-9)`],
      ]),
    ),
  },
  dark: {
    '--mantine-color-dimmed': 'var(--mantine-color-dark-1)',
    '--mantine-color-placeholder': 'var(--mantine-color-dark-2)',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
    // On an alert, too.
    '--mantine-color-anchor': 'var(--mantine-color-indigo-2)',
  },
});

function endingIn(name: 'orange' | 'teal' | 'yellow' | 'green', darkest: string) {
  return [...DEFAULT_THEME.colors[name].slice(0, 9), darkest] as unknown as MantineColorsTuple; // ten
}
