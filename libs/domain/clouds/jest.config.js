module.exports = require('../../../jest.preset.js')('clouds');
