// The class of a style sheet is named as it is in the sheet.
module.exports = new Proxy({}, { get: (_, name) => (name === '__esModule' ? false : name) });
