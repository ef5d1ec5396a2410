import type { DoubleFaults, OrganizationSize } from '@cloudpam/provider-aws/testing';
import { HostProcess } from './host-process';

/** An organization that runs in a process of its own. */
export interface Organization {
  /** The collector's arguments to read all accounts, or these. */
  args(accounts?: readonly string[]): string[];
  /** The collector's environment: how it reaches the double. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const ROLE = 'CloudPAMCollector';

/** Starts a generated organization. @param callMs how long each call takes at least */
export async function startOrganization(
  size: OrganizationSize,
  { faults = {}, callMs }: { faults?: Omit<DoubleFaults, 'sessionCalls'>; callMs?: number } = {},
): Promise<Organization> {
  const { host, line } = await HostProcess.start(
    'aws-double-host.mjs',
    JSON.stringify({ size, role: ROLE, faults, callMs }),
  );
  // The host's own format.
  const { endpoint, credentials } = JSON.parse(line) as {
    endpoint: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
  };
  return {
    args: (accounts) => [
      '--provider',
      'aws',
      '--role-name',
      ROLE,
      ...(accounts ? ['--accounts', accounts.join()] : ['--organization']),
    ],
    env: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_REGION: size.regions[0] ?? 'us-east-1',
      // Nothing of the machine that the tests run on.
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    },
    stop: () => host.end(),
  };
}
