import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DockerfileParser, type Dockerfile, type Instruction } from 'dockerfile-ast';
import { validate } from 'dockerfile-utils';
import { ROOT } from '../start-server';

export const DOCKER = path.join(ROOT, 'docker');
export const IMAGES = ['server', 'collector'] as const;

/** As editors have it. */
const ERROR = 1;
const PINNED = /^[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}$/;
const DISTROLESS = /^gcr\.io\/distroless\/nodejs24-debian13:nonroot@/;
const TITLES = ['title', 'description', 'licenses', 'version', 'revision'];

/** What is wrong with the Dockerfiles of a folder: `server: it runs as root`. */
export function dockerfileMistakes(folder: string): string[] {
  const files = IMAGES.map((name) => {
    const text = readFileSync(path.join(folder, name, 'Dockerfile'), 'utf8');
    return { name, text, dockerfile: DockerfileParser.parse(text) };
  });
  const [server, collector] = files.map(({ dockerfile }) => firstStage(dockerfile));
  return [
    ...files.flatMap(({ name, text, dockerfile }) =>
      [...syntaxOf(text), ...basesOf(dockerfile), ...lastStageOf(dockerfile)].map(
        (said) => `${name}: ${said}`,
      ),
    ),
    ...(server === collector ? [] : ['both: their first stages differ']),
  ];
}

function syntaxOf(text: string): string[] {
  return validate(text)
    .filter(({ severity }) => severity === ERROR)
    .map(({ message, range }) => `line ${range.start.line + 1}: ${message}`);
}

/** Both bases are arguments, and each has a digest unless somebody names another. */
function basesOf(dockerfile: Dockerfile): string[] {
  const arg = new Map(
    dockerfile.getInitialARGs().map((each) => {
      const property = each.getProperty();
      return [property?.getName(), property?.getValue() ?? ''];
    }),
  );
  const froms = dockerfile.getFROMs().map((each) => each.getImage() ?? '');
  const bases = froms.map((image) => arg.get(/^\$\{(\w+)\}$/.exec(image)?.[1]) ?? image);
  return [
    ...bases.filter((base) => !PINNED.test(base)).map((base) => `${base} has no digest`),
    ...(DISTROLESS.test(bases.at(-1) ?? '') ? [] : ['its base is not distroless']),
  ];
}

function lastStageOf(dockerfile: Dockerfile): string[] {
  const all = dockerfile.getInstructions();
  const last = all.slice(all.findLastIndex((each) => each.getKeyword() === 'FROM'));
  const of = (keyword: string): Instruction[] =>
    last.filter((each) => each.getKeyword() === keyword);
  const said: string[] = [];
  const must = (holds: boolean, otherwise: string): void => void (holds || said.push(otherwise));
  must(of('RUN').length === 0, 'it runs something where there is no shell');
  must(argumentsOf(of('USER').at(-1)) === '65532:65532', 'it does not run as 65532:65532');
  must(isExec(of('ENTRYPOINT').at(-1), ''), 'its ENTRYPOINT is not of the node binary');
  must(isExec(of('HEALTHCHECK').at(-1), '.*CMD '), 'its HEALTHCHECK is not of the node binary');
  const labels = argumentsOf(of('LABEL').at(-1));
  for (const title of TITLES)
    must(labels.includes(`org.opencontainers.image.${title}=`), `it has no label ${title}`);
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    version: string;
  };
  must(
    of('ARG').some((each) => argumentsOf(each) === `VERSION=${version}`),
    `its version is not ${version}`,
  );
  return said;
}

function isExec(instruction: Instruction | undefined, before: string): boolean {
  return new RegExp(`^${before}\\["/nodejs/bin/node",`, 's').test(argumentsOf(instruction));
}

function argumentsOf(instruction: Instruction | undefined): string {
  return instruction?.getArgumentsContent() ?? '';
}

/** What is built, as it is written. */
function firstStage(dockerfile: Dockerfile): string {
  const all = dockerfile.getInstructions();
  const end = all.findLastIndex((each) => each.getKeyword() === 'FROM');
  return all
    .slice(0, end)
    .map((each) => each.getTextContent())
    .join('\n');
}
