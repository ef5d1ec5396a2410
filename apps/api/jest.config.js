module.exports = require('../../jest.preset.js')('api', {
  setupFilesAfterEnv: ['<rootDir>/src/testing/document/in-every-spec.ts'],
});
