module.exports = require('../../jest.preset.js')('sinks');
