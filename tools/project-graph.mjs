import { createRequire } from 'node:module';
import { NX_ENVIRONMENT } from './nx.mjs';

/**
 * Computes the Nx project graph in this process, without daemon or cloud, and leaves it in the
 * cache for ESLint.
 */
export async function makeProjectGraph() {
  Object.assign(process.env, NX_ENVIRONMENT);
  const { createProjectGraphAsync } = createRequire(import.meta.url)('@nx/devkit');
  return createProjectGraphAsync({ exitOnError: true, resetDaemonClient: true });
}
