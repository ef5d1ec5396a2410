const path = require('node:path');

/**
 * Milliseconds after which a test hangs, also on a slow machine with other work. No test is about
 * time.
 */
const TEST_TIMEOUT = 60_000;

/** Shared Jest settings: every project takes these and adds nothing but its name. */
module.exports = function project(displayName, extra = {}) {
  return {
    displayName,
    testEnvironment: 'node',
    testMatch: ['<rootDir>/src/**/*.spec.ts'],
    transform: {
      '^.+\\.(ts|tsx|mjs|js)$': ['@swc/jest', { configFile: path.join(__dirname, '.swcrc') }],
    },
    transformIgnorePatterns: [
      '/node_modules/(?!(?:jose|oauth4webapi|openid-client|gaxios|node-fetch|fetch-blob|data-uri-to-buffer|formdata-polyfill)/)',
    ],
    testEnvironmentOptions: {
      customExportConditions: ['@cloudpam/source', 'node', 'node-addons', 'require', 'default'],
    },
    coverageProvider: 'babel',
    testTimeout: TEST_TIMEOUT,
    ...extra,
  };
};

module.exports.TEST_TIMEOUT = TEST_TIMEOUT;
