import './favour-memory';
import 'reflect-metadata';
import { hostname } from 'node:os';
import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CollectorAgent } from './agent/collector-agent';
import { CollectorModule } from './collector.module';
import { helpText } from './config/command-line';
import { VERSION_TEXT } from './config/version';
import { readConfig, type AgentConfig, type RunConfig } from './config/read-config';
import { RunCollection } from './run/run-collection';
import { exitCodeOf, reportObject } from './run/run-report';
import { reportText } from './run/run-text';

async function main(): Promise<number> {
  const reading = readConfig(process.argv.slice(2), process.env, hostname());
  for (const each of 'config' in reading ? reading.config.providers : []) {
    const notice = each.notice(process.version, process.env);
    if (notice !== undefined) process.stderr.write(`${notice}\n`);
  }
  switch (reading.kind) {
    case 'help':
      process.stdout.write(helpText());
      return 0;
    case 'version':
      process.stdout.write(`${VERSION_TEXT}\n`);
      return 0;
    case 'invalid':
      process.stderr.write(`${reading.problems.join('\n')}\nSee collector --help\n`);
      return 2;
    case 'run':
      return run(reading.config);
    case 'agent':
      return agent(reading.config);
  }
}

async function run(config: RunConfig): Promise<number> {
  const app = await contextOf(CollectorModule.forRun(config));
  if (config.delivery.kind === 'server' && config.delivery.dryRun)
    process.stderr.write('dry run: the server writes nothing\n');
  const report = await app.get(RunCollection).run(stopSignal());
  process.stdout.write(
    `${config.json ? JSON.stringify(reportObject(report), null, 2) : reportText(report)}\n`,
  );
  await app.close();
  return exitCodeOf(report);
}

async function agent(config: AgentConfig): Promise<number> {
  const app = await contextOf(CollectorModule.forAgent(config));
  const code = await app.get(CollectorAgent).run(stopSignal());
  await app.close();
  return code;
}

function contextOf(module: DynamicModule): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
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
