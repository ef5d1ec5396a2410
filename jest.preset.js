const { availableParallelism } = require('node:os');
const path = require('node:path');

/**
 * Milliseconds after which a test hangs, also on a slow machine with other work. No test is about
 * time.
 */
const TEST_TIMEOUT = 60_000;

/**
 * A worker whose heap is larger after a suite is replaced: modules of each suite stay in it, and near the
 * limit of Node.js tests take ten times as long.
 */
const WORKER_MEMORY = '600MB';
/** Two projects run at a time. One of them is e2e, which takes longest: the others leave it most of two cores. */
const WORKERS = Math.max(1, Math.floor(availableParallelism() / 2));
/** Servers, databases and a browser run beside these. */
const SERVER_WORKERS = Math.max(2, WORKERS);
/** Nx runs each project by itself. Where Jest runs several, it takes these from the root alone. */
const IS_ALONE = process.env.NX_TASK_TARGET_PROJECT !== undefined;

const MAJOR = Number(process.versions.node.split('.')[0]);

/** Packages that have ECMAScript modules only, which Jest cannot take as they are. */
const MODULES_ONLY = [
  'jose',
  'oauth4webapi',
  'openid-client',
  'gaxios',
  'node-fetch',
  'fetch-blob',
  'data-uri-to-buffer',
  'formdata-polyfill',
];

/** Shared Jest settings: every project takes these and adds nothing but its name. */
module.exports = function project(displayName, extra = {}) {
  return {
    displayName,
    testEnvironment: 'node',
    testMatch: ['<rootDir>/src/**/*.spec.ts'],
    transform: {
      '^.+\\.(ts|tsx|mjs|js)$': ['@swc/jest', { configFile: path.join(__dirname, '.swcrc') }],
    },
    // What the product takes, see sqlite-driver.ts.
    ...(MAJOR < 22 ? {} : { moduleNameMapper: { '^better-sqlite3$': 'better-sqlite3-13' } }),
    transformIgnorePatterns: [`/node_modules/(?!(?:${MODULES_ONLY.join('|')})/)`],
    testEnvironmentOptions: {
      customExportConditions: ['@cloudpam/source', 'node', 'node-addons', 'require', 'default'],
    },
    coverageProvider: 'babel',
    testTimeout: TEST_TIMEOUT,
    ...(IS_ALONE ? { workerIdleMemoryLimit: WORKER_MEMORY, maxWorkers: WORKERS } : {}),
    ...extra,
  };
};

module.exports.IS_ALONE = IS_ALONE;
module.exports.SERVER_WORKERS = SERVER_WORKERS;
module.exports.TEST_TIMEOUT = TEST_TIMEOUT;
module.exports.WORKER_MEMORY = WORKER_MEMORY;
