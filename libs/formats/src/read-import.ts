import type { ImportSource } from '@cloudpam/import';
import { RowCount, type Document, type ReadTable, type Session } from './documents/document';
import { openDocument } from './documents/open-document';
import { FormatError } from './format-error';
import { sourceOf } from './input/byte-source';
import { isZip, UnpackedBytes, unzipped } from './input/unzip';
import type { GivenFile, ReadingOptions } from './reading-options';
import { Reading } from './rows/reading';
import { MapUse } from './tables/apply-map';

/**
 * Reads what others, and we, wrote down. Files are told apart by what is in them. What is wrong with
 * single rows is told by rows of the answer, all of it at once.
 * @throws FormatError where what was given cannot be read at all
 */
export async function readImport(
  files: readonly GivenFile[],
  options: ReadingOptions,
): Promise<ImportSource> {
  const session: Session = {
    reading: new Reading(options),
    mapUse: new MapUse(options.map),
    rows: new RowCount(options),
  };
  const documents = await opened(files, session);
  const read = new Map<Document, readonly ReadTable[]>();
  for (const document of documents.toSorted((a, b) => a.order - b.order))
    read.set(document, await document.read());
  return together(
    documents.flatMap((document) => read.get(document) ?? []),
    session,
  );
}

async function opened(files: readonly GivenFile[], session: Session): Promise<Document[]> {
  const unpackedBytes = new UnpackedBytes();
  const documents: Document[] = [];
  for (const file of files) {
    const packed = isZip(file.bytes);
    const sources = packed ? await unzipped(file) : [sourceOf(file.name, file.bytes)];
    for (const source of sources) {
      const document = await openDocument(source, session, (bytes) => {
        if (packed) unpackedBytes.add(bytes, file.name);
      });
      if (document) documents.push(document);
      await session.rows.pause();
    }
  }
  return documents;
}

async function together(tables: readonly ReadTable[], session: Session): Promise<ImportSource> {
  const rows: ImportSource['rows'][number][] = [];
  for (const [table, { rows: of }] of tables.entries()) {
    for (const row of of) {
      row.table = table;
      rows.push(row);
    }
    await session.rows.pause();
  }
  if (rows.length === 0) throw new FormatError('no_rows', 'There are no rows in it.', null);
  session.mapUse.end();
  return { tables: tables.map((table) => table.end()), rows };
}
