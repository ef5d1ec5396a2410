module.exports = require('../../../jest.preset.js')('import');
