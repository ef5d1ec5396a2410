module.exports = require('../../../jest.preset.js')('provider-gcp');
