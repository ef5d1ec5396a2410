module.exports = require('../../jest.preset.js')('collector');
