module.exports = require('../../../jest.preset.js')('storage-memory');
