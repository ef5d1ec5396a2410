module.exports = require('../../jest.preset.js')('formats');
