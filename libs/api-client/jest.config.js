module.exports = require('../../jest.preset.js')('api-client');
