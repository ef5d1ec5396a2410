import { createRequire } from 'node:module';

/** Computes the Nx project graph in this process, without daemon or cloud, and leaves it in the cache for ESLint. */
export async function makeProjectGraph() {
  process.env.NX_DAEMON = 'false';
  process.env.NX_NO_CLOUD = 'true';
  const { createProjectGraphAsync } = createRequire(import.meta.url)('@nx/devkit');
  return createProjectGraphAsync({ exitOnError: true, resetDaemonClient: true });
}
