module.exports = require('../../../jest.preset.js')('analysis');
