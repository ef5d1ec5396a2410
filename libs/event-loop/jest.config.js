module.exports = require('../../jest.preset.js')('event-loop');
