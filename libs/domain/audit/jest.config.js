module.exports = require('../../../jest.preset.js')('audit');
