import { createHmac } from 'node:crypto';
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Inject, Injectable } from '@nestjs/common';
import { storableJson } from '@cloudpam/audit';
import { AccessError, allows, isLive, type Token } from '@cloudpam/identity';
import { PoolError } from '@cloudpam/pools';
import {
  ApplySnapshot,
  DiscoveryError,
  readSnapshotFile,
  SNAPSHOT_FILE_ENDING,
  SNAPSHOT_KEY_PURPOSE,
  SnapshotFileError,
  type ApplyResult,
  type SnapshotFile,
} from '@cloudpam/reconciliation';
import { NODE_SECRETS } from '../access/node-secrets';
import { BULK_BODY_LIMITS } from '../http/body-limits';
import { bulkCheckOf } from '../http/bulk-body';
import { SchemaError } from '../http/schema';
import { STORAGE, type Storage } from '../storage/storage';
import { SnapshotDto } from './dto/snapshot.dto';
import { scopesOf } from './snapshot-body';

/** What became of one file. `left`: it may still be on its way, and is looked at again. */
export type FileOutcome =
  | {
      readonly file: string;
      readonly kind: 'applied';
      readonly result: ApplyResult | 'kept' | null;
    }
  | { readonly file: string; readonly kind: 'refused' | 'left'; readonly reason: string };

/** A synced folder may show a file before all of it is there. */
const STILL_COMING_MS = 60_000;

const checkBody = bulkCheckOf(SnapshotDto) as (body: unknown) => SnapshotDto; // as the class is marked

/**
 * Takes the snapshot files of a folder, in order, with the checks of `POST /api/v1/discovery`: the
 * token that signed a file is known, valid, may deliver, and has the account. A file that was
 * applied goes to `applied/`, one that is refused to
 * `refused/` with its reason beside it.
 */
@Injectable()
export class ImportSnapshots {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    private readonly apply: ApplySnapshot,
  ) {}

  /** @throws when the folder or the database fails; what was not taken is still there */
  async execute(
    folder: string,
    onFile: (outcome: FileOutcome) => void,
    stop?: AbortSignal,
  ): Promise<void> {
    const names = (await readdir(folder))
      .filter((name) => name.endsWith(SNAPSHOT_FILE_ENDING) && !name.startsWith('.'))
      .sort();
    for (const name of names) {
      if (stop?.aborted) return;
      const outcome = await this.take(folder, name).catch(unlessGone);
      if (outcome === undefined) continue;
      if (outcome.kind !== 'left') await putAway(folder, outcome);
      onFile(outcome);
    }
  }

  private async take(folder: string, file: string): Promise<FileOutcome> {
    const now = new Date();
    const at = path.join(folder, file);
    const { size, mtimeMs } = await stat(at);
    const refused = (reason: string): FileOutcome => ({ file, kind: 'refused', reason });
    if (size > BULK_BODY_LIMITS.bytes)
      return refused(`it has ${size} bytes; ${BULK_BODY_LIMITS.bytes} are the most`);
    try {
      const snapshot = readSnapshotFile(await readFile(at));
      const token = await this.signerOf(snapshot, now);
      const body = checkBody(
        storableJson(
          JSON.parse(
            (
              await promisify(gunzip)(snapshot.payload, { maxOutputLength: BULK_BODY_LIMITS.bytes })
            ).toString('utf8'),
          ),
        ),
      );
      if (body.run_id !== snapshot.header.runId || body.scopes.length !== 1)
        return refused('the snapshot in it is not the one of its header');
      const [scope] = scopesOf(body, token);
      const change = {
        actor: { type: 'collector', id: token.publicId, name: token.name } as const,
        at: now,
        requestId: file.slice(0, 128),
      };
      const result = scope ? await this.apply.execute(change, body.run_id, scope) : null;
      return { file, kind: 'applied', result };
    } catch (error) {
      // Something newer was applied before: there is nothing to do with it.
      if (error instanceof DiscoveryError && error.code === 'stale_snapshot')
        return { file, kind: 'applied', result: null };
      const reason = reasonOf(error);
      if (reason === undefined) throw error;
      return reason.incomplete && now.getTime() - mtimeMs < STILL_COMING_MS
        ? { file, kind: 'left', reason: reason.text }
        : refused(reason.text);
    }
  }

  /** @throws AccessError */
  private async signerOf(
    { header, signedBytes, signature }: SnapshotFile,
    now: Date,
  ): Promise<Token> {
    const token = await this.storage.unitOfWork.read((stores) =>
      stores.tokens.byPublicId(header.token),
    );
    // The server keeps the hash of the secret, and nothing but the secret gives it.
    const key = createHmac('sha256', token?.secretHash ?? new Uint8Array(32))
      .update(SNAPSHOT_KEY_PURPOSE)
      .digest();
    const expected = createHmac('sha256', key).update(signedBytes).digest();
    const signed = NODE_SECRETS.equal(expected, Buffer.from(signature, 'hex'));
    if (!token || !signed || !isLive(token, now)) {
      throw new AccessError(
        'unauthenticated',
        'The file is not signed with a token that is known, neither revoked nor expired.',
      );
    }
    if (!allows(token, 'discovery:post'))
      throw new AccessError('forbidden', `A ${token.role} token may not deliver snapshots.`);
    return token;
  }
}

/** Why the file itself is at fault; undefined for a failure of the server. */
function reasonOf(error: unknown): { text: string; incomplete: boolean } | undefined {
  if (error instanceof SnapshotFileError)
    return { text: `${error.code}: ${error.message}`, incomplete: error.code === 'truncated' };
  if (error instanceof AccessError || error instanceof DiscoveryError || error instanceof PoolError)
    return { text: `${error.code}: ${error.message}`, incomplete: false };
  if (error instanceof SchemaError || error instanceof SyntaxError)
    return { text: `invalid_snapshot: ${error.message}`, incomplete: false };
  const code =
    typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (code === 'Z_BUF_ERROR')
    return { text: 'truncated: the payload ends before its end', incomplete: true };
  if (code.startsWith('Z_')) return { text: `malformed_payload: ${code}`, incomplete: false };
  return code === 'ERR_BUFFER_TOO_LARGE'
    ? {
        text: `body_too_large: unpacked it has more than ${BULK_BODY_LIMITS.bytes} bytes`,
        incomplete: false,
      }
    : undefined;
}

/** Another server may have been faster, with the same result. */
async function putAway(folder: string, outcome: FileOutcome): Promise<void> {
  const to = path.join(folder, outcome.kind);
  await mkdir(to, { recursive: true });
  if (outcome.kind === 'refused')
    await writeFile(path.join(to, `${outcome.file}.reason.txt`), `${outcome.reason}\n`);
  await rename(path.join(folder, outcome.file), path.join(to, outcome.file)).catch(unlessGone);
}

/** What another server has put away is no failure. @throws any other error */
function unlessGone(error: unknown): undefined {
  const isGone =
    typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
  if (!isGone) throw error;
}
