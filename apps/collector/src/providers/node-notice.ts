import type { Environment } from '../config/option';

/** Versions of the AWS SDK from 2027 on ask for it. */
const WANTED = 22;
/** Keeps the SDK from saying so itself; who has set it wants to hear nothing of it. */
const SILENCE = 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED';

/**
 * What to know of the Node that reads AWS; undefined for nothing. Asked before the SDK is used, it
 * makes that silent.
 */
export function nodeNotice(
  version: string,
  env: NodeJS.ProcessEnv & Environment,
): string | undefined {
  const told = env[SILENCE] === 'true';
  env[SILENCE] = 'true';
  const [major = ''] = version.replace(/^v/, '').split('.');
  if (told || Number(major) >= WANTED) return undefined;
  return (
    `note: this is Node ${major}; collectors of 2027 and later need Node ${WANTED} to read ` +
    'AWS, so upgrade Node first'
  );
}
