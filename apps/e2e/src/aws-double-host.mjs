// An AWS organization on loopback, as the JSON of its one argument says: prints one line of JSON
// with its address and credentials, and ends when stdin ends. A process beside Jest, so that the
// two do not wait for each other.
import { setTimeout as pause } from 'node:timers/promises';
import { accountAt, generatedOrganization, startAwsDouble } from '@cloudpam/provider-aws/testing';

const { size, role, faults, callMs } = JSON.parse(process.argv[2]);
const double = await startAwsDouble({
  account: accountAt(0).id,
  estate: generatedOrganization(size),
  role: { name: role },
  faults,
  pageSize: 1_000,
  keepCalls: false,
  // A cloud takes its time; it is not waited for anything.
  interrupt: callMs === undefined ? undefined : async () => void (await pause(callMs)),
});
process.stdout.write(
  `${JSON.stringify({ endpoint: double.endpoint, credentials: double.credentials })}\n`,
);
process.stdin.resume();
process.stdin.once('end', () => void double.close());
