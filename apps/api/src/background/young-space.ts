import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8's space for new objects as small as it is at first. Loading all modules would make it 33 MB, and an
 * idle server never gives them back. To be imported before what is loaded.
 */
setFlagsFromString('--semi-space-growth-factor=1');

/** Lets the space grow as V8 does by itself, for when there is work to do. */
export function letYoungSpaceGrow(): void {
  setFlagsFromString('--semi-space-growth-factor=2');
}
