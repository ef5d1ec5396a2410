import { statSync } from 'node:fs';
import { access, constants, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Finding } from '@cloudpam/storage-typeorm';
import { messageOf } from './diagnosis';

/** How much room the file system of a path has, in bytes. */
export type MeasureDisk = (
  path: string,
) => Promise<{ readonly free: number; readonly total: number }>;

/** Asks the operating system. What is kept for root alone does not count. */
export const measureDisk: MeasureDisk = async (path) => {
  const { bavail, blocks, bsize } = await statfs(path);
  return { free: bavail * bsize, total: blocks * bsize };
};

const MB = 1_000_000;
/** With less than this free, in bytes, writes are about to fail. */
const FULL = 100 * MB;
/** With less than this free somebody should look. */
const LITTLE = 1_000 * MB;
/** A log of SQLite that grows beyond this is not emptied: something reads without an end. */
const LARGE_WAL = 1_000 * MB;

/** The disk of an SQLite file, which needs room for its log and for a copy of it. */
export async function checkFileDisk(file: string, measure: MeasureDisk): Promise<Finding> {
  const size = sizeOf(file);
  const wal = sizeOf(`${file}-wal`);
  const found = await checkDisk(dirname(file), measure, size);
  if (found.level !== 'ok' || wal <= LARGE_WAL) return found;
  return {
    level: 'warning',
    found: `${file}-wal has ${inMb(wal)}`,
    advice: 'a reader that does not end keeps it from being emptied: restart the servers',
  };
}

/** A folder that files are put into and taken out of. */
export async function checkFolder(folder: string, measure: MeasureDisk): Promise<Finding> {
  try {
    await access(folder, constants.R_OK | constants.W_OK);
  } catch (error) {
    return {
      level: 'fault',
      found: `${folder} cannot be used: ${messageOf(error)}`,
      advice: 'the user of the server must be able to read and write there',
    };
  }
  return checkDisk(folder, measure, 0);
}

/** @param wanted bytes that should have room */
async function checkDisk(folder: string, measure: MeasureDisk, wanted: number): Promise<Finding> {
  const { free, total } = await measure(folder);
  const found = `${inMb(free)} of ${inMb(total)} are free at ${folder}`;
  if (free < FULL)
    return { level: 'fault', found, advice: 'writes are about to fail: make room at once' };
  if (free < Math.max(LITTLE, wanted)) return { level: 'warning', found, advice: 'make room' };
  return { level: 'ok', found };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function inMb(bytes: number): string {
  return `${Math.floor(bytes / MB)} MB`;
}
