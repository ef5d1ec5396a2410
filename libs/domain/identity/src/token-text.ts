const PUBLIC_ID_LENGTH = 12;
const SECRET_LENGTH = 52;
const TOKEN = /^cpam_([a-z2-7]{12})_([a-z2-7]{52})$/;

/** `cpam_<public id>_<secret>`; the secret has 260 random bits. */
export function tokenText(publicId: string, secret: string): string {
  return `cpam_${publicId}_${secret}`;
}

/** The parts of a token's text; undefined for anything that cannot be a token. */
export function readTokenText(text: string): { publicId: string; secret: string } | undefined {
  const match = TOKEN.exec(text);
  return match ? { publicId: match[1] ?? '', secret: match[2] ?? '' } : undefined;
}

export { PUBLIC_ID_LENGTH, SECRET_LENGTH };
