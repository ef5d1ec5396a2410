import { agentOptions, type AgentOptions } from './agent-options';
import { deliveryOptions, type DeliveryOptions, type ServerOptions } from './delivery-options';
import { GivenOptions, type Environment } from './given-options';
import type { Command } from './option-table';
import { providerOptions, providersOf, type ProviderOptions } from './provider-options';

/** What both commands need to read clouds. */
export interface CollectorConfig extends ProviderOptions {
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
  | { readonly kind: 'help' }
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
  const command = commandOf(given);
  const chosen = providersOf(given);
  given.refuseForeign(command, chosen);
  const common: CollectorConfig = {
    ...providerOptions(given, chosen, env),
    concurrency: given.number('concurrency', 4, 1, 32),
    scopeTimeoutMs: given.number('scope-timeout', 120, 1, 3_600) * 1_000,
  };
  const delivery = deliveryOptions(given, command);
  const agent = agentOptions(given, hostName);
  if (given.problems.length > 0) return { kind: 'invalid', problems: given.problems };
  // The sink of an agent is a problem, so this is a server.
  if (command === 'agent' && delivery.kind === 'server')
    return { kind: 'agent', config: { ...common, delivery, agent } };
  return { kind: 'run', config: { ...common, delivery, json: given.flag('json') } };
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
