import { unzipSync, zipSync } from 'fflate';
import { WorkbookError } from './workbook-error';

/** Bytes that the parts of a workbook may have together, unpacked. */
const MAX_UNPACKED = 256 * 1024 * 1024;
/** Parts that say nothing about cells. */
const UNREAD =
  /\.(png|jpe?g|gif|emf|wmf|svg)$|\/(media|embeddings|printerSettings)\/|\/vbaProject\.bin$/i;

/**
 * The same workbook with its parts as they are, not packed. None becomes longer than the ZIP says
 * before: whoever reads it cannot be made to unpack without end.
 * @throws WorkbookError
 */
export function unpacked(zip: Uint8Array): Uint8Array {
  let size = 0;
  let hasTypes = false;
  const parts = unzipSync(zip, {
    filter: ({ name, originalSize }) => {
      hasTypes ||= name === '[Content_Types].xml';
      if (UNREAD.test(name)) return false;
      size += originalSize;
      if (size > MAX_UNPACKED)
        throw new WorkbookError(
          'too_large',
          `The workbook has more than ${MAX_UNPACKED >> 20} MB when it is unpacked.`,
        );
      return true;
    },
  });
  if (!hasTypes) throw new WorkbookError('no_workbook', 'The ZIP holds no Excel workbook.');
  return zipSync(parts, { level: 0 });
}
