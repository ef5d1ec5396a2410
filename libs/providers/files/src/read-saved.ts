import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asList, asObject, type CloudFailure } from '@cloudpam/provider-shapes';
import { savedText } from './saved-text';

/** What one saved file holds, and what is wrong with it. */
export interface Saved {
  readonly entries: readonly unknown[];
  /** Set when the entries are none (missing, unreadable) or not all (cut off by the CLI). */
  readonly failure?: CloudFailure;
}

/**
 * Reads the list in a file of saved CLI output.
 * @param field the list's name in the JSON (`Vpcs` for `aws ec2 describe-vpcs`); without one the
 *   whole file is the
 *   list (`gcloud ... --format=json`)
 * @returns failure codes `file_missing`, `file_unreadable`, `malformed_answer`, and `truncated` for
 *   an AWS listing that
 *   ended at `--max-items`; never throws for what the file holds
 */
export async function readSaved(folder: string, file: string, field?: string): Promise<Saved> {
  const path = join(folder, file);
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => error);
  if (!Buffer.isBuffer(bytes)) {
    const missing = bytes.code === 'ENOENT' || bytes.code === 'ENOTDIR';
    return failed(
      missing ? 'file_missing' : 'file_unreadable',
      missing ? `${path} is missing` : `${path} cannot be read: ${bytes.code}`,
    );
  }
  const text = savedText(bytes);
  if (text === undefined)
    return failed(
      'malformed_answer',
      `${path} is text in neither UTF-8, UTF-16 nor cp1252, or it is damaged; save it again, in UTF-8`,
    );
  const parsed = parsedJson(text);
  if (parsed === undefined)
    return failed(
      'malformed_answer',
      `${path} is not JSON${bytes.length === 0 ? ': it is empty' : ''}`,
    );
  const answer = asObject(parsed);
  const list = field === undefined ? parsed : answer?.[field];
  if (list === undefined || list === null)
    return failed(
      'malformed_answer',
      `${path} has no list${field === undefined ? '' : ` ${field}`}`,
    );
  const entries = asList(list);
  if (!entries)
    return failed('malformed_answer', `${path}: ${field ?? 'the content'} is not a list`);
  if (typeof answer?.['NextToken'] === 'string') {
    return {
      entries,
      failure: {
        code: 'truncated',
        message: `${path} is only the beginning of a listing (it has a NextToken); save it without --max-items`,
      },
    };
  }
  return { entries };
}

function failed(code: string, message: string): Saved {
  return { entries: [], failure: { code, message } };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
