const { SERVER_WORKERS, TEST_TIMEOUT, WORKER_MEMORY } = require('./jest.preset.js');

/**
 * Every Jest project of the workspace: `npm test`. One of them: `npx jest -c
 * libs/domain/cidr/jest.config.js`.
 */
module.exports = {
  projects: [
    '<rootDir>/libs/*/*/jest.config.js',
    '<rootDir>/libs/*/jest.config.js',
    '<rootDir>/apps/*/jest.config.js',
    '<rootDir>/tools/jest.config.js',
  ],
  testTimeout: TEST_TIMEOUT,
  workerIdleMemoryLimit: WORKER_MEMORY,
  maxWorkers: SERVER_WORKERS,
};
