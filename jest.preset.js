/** Shared Jest settings: every project takes these and adds nothing but its name. */
const path = require('node:path');

module.exports = function project(displayName, extra = {}) {
  return {
    displayName,
    testEnvironment: 'node',
    testMatch: ['<rootDir>/src/**/*.spec.ts'],
    transform: { '^.+\\.(ts|tsx|mjs|js)$': ['@swc/jest', { configFile: path.join(__dirname, '.swcrc') }] },
    transformIgnorePatterns: ['/node_modules/(?!(?:jose|oauth4webapi|openid-client|gaxios|node-fetch|fetch-blob|data-uri-to-buffer|formdata-polyfill)/)'],
    testEnvironmentOptions: { customExportConditions: ['@cloudpam/source', 'node', 'node-addons', 'require', 'default'] },
    coverageProvider: 'babel',
    ...extra,
  };
};
