const PUBLIC_ID_LENGTH = 12;
const SECRET_LENGTH = 52;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const CHECKSUM_LENGTH = 6;
const TOKEN = /^cpam_([a-z2-7]{12})_([a-z2-7]{52})([a-z2-7]{6})?$/;
const CRC32 = 0xedb88320;

/**
 * `cpam_<public id>_<secret><checksum>`; the secret has 260 random bits. The checksum tells what
 * was copied whole, and lets a scanner of leaked secrets be sure of what it found.
 */
export function tokenText(publicId: string, secret: string): string {
  return `cpam_${publicId}_${secret}${checksumOf(`${publicId}_${secret}`)}`;
}

/**
 * The parts of a token's text; undefined for anything that cannot be a token. A text that was
 * chosen by hand may go without the checksum.
 */
export function readTokenText(text: string): { publicId: string; secret: string } | undefined {
  const [, publicId = '', secret = '', checksum] = TOKEN.exec(text) ?? [];
  if (
    publicId === '' ||
    (checksum !== undefined && checksum !== checksumOf(`${publicId}_${secret}`))
  )
    return undefined;
  return { publicId, secret };
}

/** CRC-32 (ISO 3309) of the ASCII text, in five bits a character. */
function checksumOf(text: string): string {
  let crc = 0xffffffff;
  for (const character of text) {
    crc ^= character.charCodeAt(0);
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ CRC32 : crc >>> 1;
  }
  const value = (crc ^ 0xffffffff) >>> 0;
  return Array.from(
    { length: CHECKSUM_LENGTH },
    (_, at) => ALPHABET[(value >>> (5 * at)) & 31],
  ).join('');
}

export { PUBLIC_ID_LENGTH, SECRET_LENGTH };
