// Preloaded with `node -r`: when the process ends, it tells which packages of OpenTelemetry it has loaded.
const { writeSync } = require('node:fs');

process.once('exit', () => {
  const names = Object.keys(require.cache).flatMap(
    (file) => /node_modules\/(@opentelemetry\/[^/]+)\//.exec(file)?.[1] ?? [],
  );
  writeSync(2, `[telemetry] ${[...new Set(names)].sort().join(' ')}\n`);
});
