// Preloaded with `node -r`: lets Node run the TypeScript sources of the workspace, so that a test
// needs no build.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { transformSync } = require('@swc/core');

const configFile = join(__dirname, '../../../../.swcrc');
require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    filename,
    configFile,
    sourceMaps: 'inline',
  });
  module._compile(code, filename);
};
