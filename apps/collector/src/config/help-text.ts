import { OPTION_NAMES, optionOf, type OptionName } from './option-table';

const USAGE = `Usage: collector run   --provider aws|gcp|files[,...] [options]
       collector agent --provider aws|gcp|files[,...] [options]

run    Lists VPCs, subnets and secondary ranges once, and delivers what it saw, one scope (account and region, or GCP
       project) at a time, to a CloudPAM server or into signed files.
agent  Does so again and again: on its own schedule, and when somebody triggers it on the server. Several agents share
       the work.
`;

const END = `
Every option can be given in the environment too: CLOUDPAM_ and its name in capitals, such as CLOUDPAM_SPOOL_LIMIT;
flags as true or false. The command line has the last word.

Also read: HTTPS_PROXY, HTTP_PROXY and NO_PROXY, for clouds and the server; AWS_CA_BUNDLE and NODE_EXTRA_CA_CERTS, CAs
to trust; the variables of the AWS SDK (AWS_PROFILE, AWS_REGION and others) and GOOGLE_APPLICATION_CREDENTIALS.

Exit codes of run: 0 everything was listed and delivered; 1 some scopes were partial, failed, refused or are still in
the spool, or the run was stopped; 2 nothing worked, or the options are wrong.
Exit codes of agent: 0 it was stopped; 2 the token is refused, or the options are wrong.
`;

/** What `--help` prints. */
export function helpText(): string {
  const left = (name: OptionName): string => `--${name} ${optionOf(name).value ?? ''}`.trimEnd();
  const width = Math.max(...OPTION_NAMES.map((name) => left(name).length));
  const groups = new Map<string, string[]>();
  for (const name of OPTION_NAMES) {
    const { group, help, command } = optionOf(name);
    // The agent's own are a group.
    const only = command === 'run' ? ' (run only)' : '';
    const lines = groups.get(group) ?? [];
    groups.set(group, lines);
    lines.push(`  ${left(name).padEnd(width)}  ${help}${only}`);
  }
  const tables = [...groups].map(
    ([group, lines]) =>
      `\n${group === 'Agent' ? 'Agent (agent only)' : group}:\n${lines.join('\n')}\n`,
  );
  return `${USAGE}${tables.join('')}\n  ${'--help, -h'.padEnd(width)}  print this\n${END}`;
}
