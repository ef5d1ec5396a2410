import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { CollectorModule } from './collector.module';
import { HELP, readConfig } from './config';
import { RunCollection } from './run-collection';
import { exitCodeOf, reportObject } from './run-report';
import { reportText } from './run-text';

async function main(): Promise<number> {
  const reading = readConfig(process.argv.slice(2), process.env);
  if (reading.kind === 'help') {
    process.stdout.write(HELP);
    return 0;
  }
  if (reading.kind === 'invalid') {
    process.stderr.write(`${reading.problems.join('\n')}\nSee collector --help\n`);
    return 2;
  }
  const { config } = reading;
  const app = await NestFactory.createApplicationContext(CollectorModule.of(config), { logger: false, abortOnError: false });
  if (config.dryRun) process.stderr.write('dry run: the server writes nothing\n');
  const report = await app.get(RunCollection).run(stopSignal());
  process.stdout.write(`${config.json ? JSON.stringify(reportObject(report), null, 2) : reportText(report)}\n`);
  await app.close();
  return exitCodeOf(report);
}

/** Aborts on the first SIGINT or SIGTERM; a second one ends the process at once. */
function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => {
      process.stderr.write(`${name}: finishing the scopes that were begun\n`);
      stop.abort();
    });
  }
  return stop.signal;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
