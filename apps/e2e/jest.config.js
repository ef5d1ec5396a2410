// Boots servers, databases and a browser; jest.setup.js gives them time enough on a slow machine.
const project = require('../../jest.preset.js');

module.exports = project('e2e', {
  setupFilesAfterEnv: ['<rootDir>/jest.setup.js'],
  ...(project.IS_ALONE ? { maxWorkers: project.SERVER_WORKERS } : {}),
});
