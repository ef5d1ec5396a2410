/**
 * From 0x80 to 0x9f, where cp1252 is not Latin-1; a space stands for the five bytes that it leaves
 * undefined.
 */
const CP1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';
/**
 * Bytes that only make sense together, as UTF-8. Text that has them, and is no good UTF-8, is
 * damaged.
 */
const UTF_8_SEQUENCE = /[\xc3-\xf4][\x80-\xbf]/;

/**
 * The text of a saved file, also of what Windows saves: UTF-16 as PowerShell redirects it, and
 * cp1252, in which the CLI writes there when its output is no console. Undefined for what is none
 * of these: nothing is guessed, nothing replaced.
 */
export function savedText(bytes: Buffer): string | undefined {
  const [first, second, third] = bytes;
  // With a byte order mark, or by the NUL beside the bracket that JSON begins with.
  if ((first === 0xff && second === 0xfe) || (first !== undefined && first !== 0 && second === 0))
    return decoded('utf-16le', bytes);
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0))
    return decoded('utf-16be', bytes);
  const text = decoded('utf-8', bytes);
  const saysUtf8 = first === 0xef && second === 0xbb && third === 0xbf;
  return text !== undefined || saysUtf8 ? text : cp1252(bytes);
}

function decoded(encoding: string, bytes: Buffer): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes); // takes the byte order mark away
  } catch {
    return undefined;
  }
}

function cp1252(bytes: Buffer): string | undefined {
  const text = bytes.toString('latin1');
  if (UTF_8_SEQUENCE.test(text)) return undefined;
  let isDefined = true;
  const read = text.replace(/[\x80-\x9f]/g, (character) => {
    const meant = CP1252[character.charCodeAt(0) - 0x80] ?? ' ';
    isDefined &&= meant !== ' ';
    return meant;
  });
  return isDefined ? read : undefined;
}
