import type { CloudNetworks } from '@cloudpam/reconciliation';
import type { AllGiven, Environment, Given, OptionTable } from '../config/option';

interface Description<Options extends OptionTable, Settings> {
  /** What is typed: `--provider aws`. */
  readonly name: string;
  /** Over its options in the help. */
  readonly title: string;
  /** Where it reads, for the help. */
  readonly source: string;
  /** One that another provider has declared too stands in the help with the first. */
  readonly options: Options;
  /** Reads and checks what was asked for with its options, and with no others. */
  read(given: Given<Options>, env: Environment): Settings;
  /**
   * The clouds to read. Called once for a run; by an agent each time it lists its accounts.
   * @param scopeTimeoutMs after so many milliseconds the reading of a scope is given up
   * @throws when they cannot be set up
   */
  open(
    settings: Settings,
    scopeTimeoutMs: number,
  ): readonly CloudNetworks[] | Promise<readonly CloudNetworks[]>;
  /** What to tell who uses it on this version of Node; undefined for nothing. */
  notice?(nodeVersion: string, env: NodeJS.ProcessEnv): string | undefined;
}

/** A provider that was chosen, with its options read. */
export interface ChosenProvider {
  readonly name: string;
  readonly settings: unknown;
  open(scopeTimeoutMs: number): Promise<readonly CloudNetworks[]>;
  notice(nodeVersion: string, env: NodeJS.ProcessEnv): string | undefined;
}

/** Where networks are read from. */
export interface Provider {
  readonly name: string;
  readonly title: string;
  readonly source: string;
  readonly options: OptionTable;
  choose(given: AllGiven, env: Environment): ChosenProvider;
}

/** Makes a provider of its description. */
export function provider<const Options extends OptionTable, Settings>(
  described: Description<Options, Settings>,
): Provider {
  const { name, title, source, options } = described;
  return {
    name,
    title,
    source,
    options,
    choose: (given, env) => {
      const settings = described.read(given.of(options), env);
      return {
        name,
        settings,
        open: async (limit) => described.open(settings, limit),
        notice: (version, env) => described.notice?.(version, env),
      };
    },
  };
}
