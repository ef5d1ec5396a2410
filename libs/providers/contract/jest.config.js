module.exports = require('../../../jest.preset.js')('provider-contract');
