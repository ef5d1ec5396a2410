import { parseArgs } from 'node:util';
import {
  OPTIONS,
  OPTION_NAMES,
  optionOf,
  variableOf,
  type Command,
  type OptionName,
  type ProviderName,
} from './option-table';

/** The environment, as `process.env`. */
export type Environment = { readonly [name: string]: string | undefined };

/** The server's own setting: it is found where server and collector are started from one shell. */
const SERVERS_OWN = ['CLOUDPAM_BOOTSTRAP_TOKEN'];
const FLAG_VALUES: { readonly [text: string]: boolean } = {
  true: true,
  1: true,
  false: false,
  0: false,
};

/**
 * What was asked for on the command line and in the environment, and the mistakes that were found
 * so far.
 */
export class GivenOptions {
  /** Every mistake, each a sentence. None repeats a value that may be the token. */
  readonly problems: string[] = [];
  readonly commands: readonly string[];
  readonly help: boolean;
  private readonly texts = new Map<OptionName, string>();
  private readonly variables = new Map<OptionName, string>();
  private readonly flags = new Map<OptionName, boolean>();
  private readonly flagVariables = new Set<OptionName>();

  constructor(argv: readonly string[], env: Environment) {
    const { commands, help } = this.readArguments(argv);
    this.commands = commands;
    this.help = help;
    this.readEnvironment(env);
  }

  /** The value of an option with a value: of the command line, else of the environment. */
  text(name: OptionName): string | undefined {
    return this.texts.get(name) ?? this.variables.get(name);
  }

  /** Whether a flag is set. */
  flag(name: OptionName): boolean {
    return this.flags.get(name) ?? false;
  }

  /** Names, separated by commas, each once; undefined when the option is not given. */
  list(name: OptionName): string[] | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const parts = [
      ...new Set(
        text
          .split(',')
          .map((part) => part.trim())
          .filter((part) => part !== ''),
      ),
    ];
    if (parts.length === 0)
      this.problems.push(`${this.said(name)} needs names, separated by commas`);
    return parts;
  }

  /** A whole number within the limits; the fallback when the option is not given. */
  number(name: OptionName, fallback: number, min: number, max: number): number {
    const text = this.text(name);
    if (text === undefined) return fallback;
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max))
      this.problems.push(`${this.said(name)} must be a whole number from ${min} to ${max}`);
    return value;
  }

  /** Whether the option is given in any way. */
  has(name: OptionName): boolean {
    return this.text(name) !== undefined || this.flag(name);
  }

  /** The option as it was given: `--spool` or `CLOUDPAM_SPOOL`. */
  said(name: OptionName): string {
    const inEnvironment =
      this.flagVariables.has(name) || (this.variables.has(name) && !this.texts.has(name));
    return inEnvironment ? variableOf(name) : `--${name}`;
  }

  /** Options that another command, or a provider that is not chosen, would know are mistakes. */
  refuseForeign(command: Command | undefined, providers: readonly ProviderName[]): void {
    for (const name of OPTION_NAMES.filter((each) => this.has(each))) {
      const option = optionOf(name);
      if (command && option.command && option.command !== command)
        this.problems.push(`${this.said(name)} is for collector ${option.command} only`);
      if (
        providers.length > 0 &&
        option.providers &&
        !option.providers.some((provider) => providers.includes(provider))
      ) {
        this.problems.push(
          `${this.said(name)} is for the provider ${option.providers.join(' or ')} only`,
        );
      }
    }
  }

  private readArguments(argv: readonly string[]): { commands: string[]; help: boolean } {
    const known = Object.fromEntries(
      OPTION_NAMES.map((name) => [
        name,
        { type: optionOf(name).value ? ('string' as const) : ('boolean' as const) },
      ]),
    );
    const options = { ...known, help: { type: 'boolean', short: 'h' } } as const;
    // Not strict: that would stop at the first mistake, and repeat arguments that may be a token.
    const { tokens } = parseArgs({ args: [...argv], options, strict: false, tokens: true });
    const commands: string[] = [];
    let help = false;
    for (const token of tokens) {
      if (token.kind === 'positional') commands.push(token.value);
      if (token.kind !== 'option') continue;
      if (token.name === 'help') help = true;
      else if (!isOption(token.name)) this.problems.push(`there is no option ${token.rawName}`);
      else if (!optionOf(token.name).value) {
        if (token.value === undefined) this.flags.set(token.name, true);
        else this.problems.push(`${token.rawName} takes no value`);
      }
      // `--token --json` would take the second for the value of the first.
      else if (!token.value?.trim() || (!token.inlineValue && token.value.startsWith('-')))
        this.problems.push(`${token.rawName} needs a value`);
      else this.texts.set(token.name, token.value.trim());
    }
    return { commands, help };
  }

  /** An empty variable counts as none: that is how container platforms leave something out. */
  private readEnvironment(env: Environment): void {
    const names = new Map(OPTION_NAMES.map((name) => [variableOf(name), name]));
    for (const [variable, value] of Object.entries(env)) {
      if (!variable.startsWith('CLOUDPAM_') || SERVERS_OWN.includes(variable)) continue;
      const name = names.get(variable);
      const text = value?.trim() ?? '';
      if (!name)
        this.problems.push(
          `${variable} is no setting of the collector; collector --help tells them`,
        );
      else if (text === '') continue;
      else if (optionOf(name).value) this.variables.set(name, text);
      else this.readFlag(name, variable, text);
    }
  }

  private readFlag(name: OptionName, variable: string, text: string): void {
    const value = FLAG_VALUES[text.toLowerCase()];
    if (value === undefined) this.problems.push(`${variable} must be true or false`);
    else if (!this.flags.has(name)) {
      this.flags.set(name, value);
      this.flagVariables.add(name);
    }
  }
}

function isOption(name: string): name is OptionName {
  return Object.hasOwn(OPTIONS, name);
}
