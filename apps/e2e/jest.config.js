// Boots servers, databases and a browser: one file at a time, and time enough on a slow machine.
module.exports = require('../../jest.preset.js')('e2e', { maxWorkers: 1, setupFilesAfterEnv: ['<rootDir>/jest.setup.js'] });
