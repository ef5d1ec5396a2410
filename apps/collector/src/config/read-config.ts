import { PROVIDER_NAMES, PROVIDERS } from '../providers';
import type { ChosenProvider, Provider } from '../providers/provider';
import { agentOptions, type AgentOptions } from './agent-options';
import { deliveryOptions, type DeliveryOptions, type ServerOptions } from './delivery-options';
import { GivenOptions } from './given-options';
import type { Command, Environment, Given } from './option';
import { AGENT, COMMON, DELIVERY } from './options';

/** What both commands need to read clouds. */
export interface CollectorConfig {
  readonly providers: readonly ChosenProvider[];
  /** Scopes at a time. */
  readonly concurrency: number;
  /** Milliseconds after which the reading of a scope is given up. */
  readonly scopeTimeoutMs: number;
}

/** What `collector run` does. */
export interface RunConfig extends CollectorConfig {
  readonly delivery: DeliveryOptions;
  readonly json: boolean;
}

/** What `collector agent` does. */
export interface AgentConfig extends CollectorConfig {
  readonly delivery: ServerOptions;
  readonly agent: AgentOptions;
}

export type ConfigReading =
  | { readonly kind: 'help' | 'version' }
  | { readonly kind: 'run'; readonly config: RunConfig }
  | { readonly kind: 'agent'; readonly config: AgentConfig }
  /** Every mistake at once, each a sentence. None repeats the token. */
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/**
 * Reads the command line and the environment.
 * @param hostName names an agent that was given no name
 */
export function readConfig(
  argv: readonly string[],
  env: Environment,
  hostName = 'collector',
): ConfigReading {
  const given = new GivenOptions(argv, env);
  if (given.help) return { kind: 'help' };
  if (given.version) return { kind: 'version' };
  const command = commandOf(given);
  const common = given.of(COMMON);
  const chosen = providersOf(common);
  given.refuseForeign(
    command,
    chosen.map(({ name }) => name),
  );
  for (const { options } of PROVIDERS) given.check(options);
  const config: CollectorConfig = {
    providers: chosen.map((each) => each.choose(given, env)),
    concurrency: common.get('concurrency'),
    scopeTimeoutMs: common.get('scope-timeout') * 1_000,
  };
  const delivery = deliveryOptions(given.of(DELIVERY), command);
  const agent = agentOptions(given.of(AGENT), hostName);
  if (given.problems.length > 0) return { kind: 'invalid', problems: given.problems };
  // The sink of an agent is a problem, so this is a server.
  if (command === 'agent' && delivery.kind === 'server')
    return { kind: 'agent', config: { ...config, delivery, agent } };
  return { kind: 'run', config: { ...config, delivery, json: common.get('json') } };
}

function commandOf(given: GivenOptions): Command | undefined {
  const [command, ...more] = given.commands;
  if (command !== 'run' && command !== 'agent') {
    given.problems.unshift('the command is missing: collector run, or collector agent');
    return undefined;
  }
  if (more.length > 0)
    given.problems.push(
      `there is more than one argument besides options; only the command \`${command}\` is one`,
    );
  return command;
}

/** The chosen providers; those that do not exist are problems. */
function providersOf(given: Given<typeof COMMON>): readonly Provider[] {
  const names = given.get('provider');
  const known = PROVIDER_NAMES.join(', ');
  if (!names) given.refuse(`--provider is missing: ${known}`);
  for (const name of (names ?? []).filter((each) => !PROVIDER_NAMES.includes(each)))
    given.refuse(`${given.said('provider')} ${JSON.stringify(name)} is not one of ${known}`);
  return PROVIDERS.filter(({ name }) => names?.includes(name));
}
