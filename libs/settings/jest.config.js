module.exports = require('../../jest.preset.js')('settings');
