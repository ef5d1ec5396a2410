// The page runs in a browser: its tests have a document, and the network classes of Node.
module.exports = require('../../jest.preset.js')('web', {
  testEnvironment: '<rootDir>/jest.environment.cjs',
  testMatch: ['<rootDir>/src/**/*.spec.ts', '<rootDir>/src/**/*.spec.tsx'],
  setupFilesAfterEnv: ['<rootDir>/jest.setup.ts'],
  moduleNameMapper: { '\\.css$': '<rootDir>/jest.styles.cjs' },
});
