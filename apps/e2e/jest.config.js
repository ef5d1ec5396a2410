// Boots servers, databases and a browser; jest.setup.js gives them time enough on a slow machine.
module.exports = require('../../jest.preset.js')('e2e', {
  setupFilesAfterEnv: ['<rootDir>/jest.setup.js'],
});
