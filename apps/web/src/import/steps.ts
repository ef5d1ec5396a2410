/** The steps of an import, in their order. */
export const STEPS = {
  files: { label: 'Files', title: 'Which files?' },
  columns: { label: 'Columns', title: 'What do the columns mean?' },
  plan: { label: 'Plan', title: 'What would happen' },
  apply: { label: 'Apply', title: 'Applying the plan' },
} as const;

/** One of `STEPS`. */
export type Step = keyof typeof STEPS;

/** The steps by their names. */
export const STEP_NAMES = Object.keys(STEPS) as readonly Step[]; // The keys are these.

/**
 * The step that the address names, where that can be shown: nothing is left of files when the page
 * is loaded again.
 */
export function stepOf(text: string, isPlanned: boolean, isApplying: boolean): Step {
  if (isApplying) return 'apply';
  const named = STEP_NAMES.find((name) => name === text) ?? 'files';
  if (named === 'apply') return isPlanned ? 'plan' : 'files';
  return isPlanned ? named : 'files';
}
