import { inflateRawSync } from 'node:zlib';

/** All that the files of a ZIP say, one after the other. */
export function unzipped(zip: Buffer): string {
  return [...filesOf(zip).values()].join('\n');
}

/** The files of a ZIP by their names. */
export function filesOf(zip: Buffer): ReadonlyMap<string, string> {
  let at = zip.readUInt32LE(zip.lastIndexOf(Buffer.from('PK\u0005\u0006')) + 16);
  const files = new Map<string, string>();
  while (zip.subarray(at, at + 4).toString('latin1') === 'PK\u0001\u0002') {
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    files.set(
      zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28)),
      (zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed).toString('utf8'),
    );
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}
