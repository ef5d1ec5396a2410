/** A command of the collector. */
export type Command = 'run' | 'agent';

interface About {
  readonly help: string;
  /** The one command that knows it; default both. */
  readonly command?: Command;
}

interface WithValue extends About {
  /** What the help shows in place of the value. */
  readonly value: string;
}

/** One option: `--name VALUE`, or CLOUDPAM_NAME in the environment. */
export type Option =
  | (About & { readonly kind: 'flag' })
  | (WithValue & { readonly kind: 'text' })
  /** Names, separated by commas, each once; `item` says what each must be. */
  | (WithValue & {
      readonly kind: 'list';
      readonly item?: { readonly pattern: RegExp; readonly called: string };
    })
  /** A whole number; `standard` where it is not given. */
  | (WithValue & {
      readonly kind: 'number';
      readonly min: number;
      readonly max: number;
      readonly standard: number;
    });

/** Options by their names, in the order of the help. */
export interface OptionTable {
  readonly [name: string]: Option;
}

/** What is read from an option. */
export type ValueOf<O extends Option> = {
  readonly flag: boolean;
  readonly text: string | undefined;
  readonly list: readonly string[] | undefined;
  readonly number: number;
}[O['kind']];

/** The environment, as `process.env`. */
export type Environment = { readonly [name: string]: string | undefined };

type NameIn<T extends OptionTable> = keyof T & string;

/** What was asked for with the options of one table. */
export interface Given<T extends OptionTable> {
  /** The value; a wrong one is a problem, told once. */
  get<Name extends NameIn<T>>(name: Name): ValueOf<T[Name]>;
  /** Whether the option is given in any way. */
  has(name: NameIn<T>): boolean;
  /** The option as it was given: `--spool` or `CLOUDPAM_SPOOL`. */
  said(name: NameIn<T>): string;
  /** Notes a mistake: a sentence that does not repeat what may be the token. */
  refuse(problem: string): void;
}

/** Everything that was asked for. */
export interface AllGiven {
  /** What was asked for with the options of a table. */
  of<Options extends OptionTable>(options: Options): Given<Options>;
}

/** The option's name in the environment: CLOUDPAM_DRY_RUN of --dry-run. */
export function variableOf(name: string): string {
  return `CLOUDPAM_${name.replaceAll('-', '_').toUpperCase()}`;
}
