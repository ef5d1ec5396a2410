import type { VrfName } from '@cloudpam/import';
import type { Reading } from '../rows/reading';

/** The view that everything is in where there is no other one. */
export const DEFAULT_VIEW = 'default';

/** The VRF that a network view is. */
export function viewNamed(name: string | null, { interned }: Reading): VrfName | null {
  return name === null || name === DEFAULT_VIEW ? null : interned.vrf(name, null);
}
