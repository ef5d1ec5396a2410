/*
 * Readers of address text by character code, because imports read hundreds of thousands of them.
 * Each reads text[start, end) and says "no" by its return value; the callers know what to say about
 * it.
 */
const ZERO = 0x30;
const DOT = 0x2e;
const COLON = 0x3a;

// One 128-bit register to assemble and take apart IPv6 groups; nothing here yields while it is in
// use.
const register = new DataView(new ArrayBuffer(16));

/**
 * The 32 bits of a dotted quad, or -1. Four decimal octets without leading zeros (RFC 6943 section
 * 3.1.1, strict).
 */
export function readIpv4(text: string, start: number, end: number): number {
  let value = 0;
  let octet = -1;
  let dots = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === DOT) {
      if (octet < 0 || ++dots > 3) return -1;
      value = value * 256 + octet;
      octet = -1;
      continue;
    }
    const digit = code - ZERO;
    // An octet that is 0 already was a leading zero.
    if (digit < 0 || digit > 9 || octet === 0) return -1;
    octet = octet < 0 ? digit : octet * 10 + digit;
    if (octet > 255) return -1;
  }
  return dots === 3 && octet >= 0 ? value * 256 + octet : -1;
}

/**
 * The 128 bits of an IPv6 text (RFC 4291 section 2.2, all three forms, any case, no zone id), or
 * undefined.
 */
export function readIpv6(text: string, start: number, end: number): bigint | undefined {
  let groups = 0;
  let gap = -1; // how many groups stand before the "::"
  let at = start;
  if (text.charCodeAt(at) === COLON) {
    if (text.charCodeAt(at + 1) !== COLON || end - start < 2) return undefined;
    gap = 0;
    at += 2;
  }
  while (at < end) {
    const groupStart = at;
    let group = 0;
    let code = 0;
    for (; at < end; at++) {
      code = text.charCodeAt(at);
      const digit = hexDigit(code);
      if (digit < 0) break;
      group = group * 16 + digit;
      if (at - groupStart === 4) return undefined;
    }
    if (at < end && code === DOT) {
      const tail = readIpv4(text, groupStart, end);
      if (tail < 0 || groups > 6) return undefined;
      register.setUint32(groups * 2, tail);
      groups += 2;
      break;
    }
    if (at === groupStart || groups === 8) return undefined;
    register.setUint16(groups++ * 2, group);
    if (at === end) break;
    if (code !== COLON || ++at === end) return undefined;
    if (text.charCodeAt(at) === COLON) {
      if (gap >= 0) return undefined;
      gap = groups;
      at++;
    }
  }
  if (gap < 0 ? groups !== 8 : groups > 7) return undefined;
  if (gap >= 0) openGap(gap, groups);
  return (register.getBigUint64(0) << 64n) | register.getBigUint64(8);
}

/** Dotted quad of the lowest 32 bits of a value. */
export function writeIpv4(value: bigint): string {
  const bits = Number(BigInt.asUintN(32, value));
  return `${bits >>> 24}.${(bits >>> 16) & 255}.${(bits >>> 8) & 255}.${bits & 255}`;
}

/**
 * RFC 5952 text, always in hexadecimal groups: the longest run of two or more zero groups shrinks,
 * the first on a tie.
 */
export function writeIpv6(value: bigint): string {
  register.setBigUint64(0, BigInt.asUintN(64, value >> 64n));
  register.setBigUint64(8, BigInt.asUintN(64, value));
  let gap = -1;
  let gapLength = 1;
  for (let at = 0; at < 8; at++) {
    let end = at;
    while (end < 8 && register.getUint16(end * 2) === 0) end++;
    if (end - at > gapLength) {
      gap = at;
      gapLength = end - at;
    }
    at = end;
  }
  let text = '';
  for (let at = 0; at < 8; at++) {
    if (at === gap) {
      text += '::';
      at += gapLength - 1;
    } else {
      if (text !== '' && !text.endsWith('::')) text += ':';
      text += register.getUint16(at * 2).toString(16);
    }
  }
  return text;
}

function hexDigit(code: number): number {
  if (code >= ZERO && code <= 0x39) return code - ZERO;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** Moves the groups after the "::" to the end of the register and zeroes what it stood for. */
function openGap(gap: number, groups: number): void {
  for (let from = groups - 1, to = 7; to >= gap; from--, to--) {
    register.setUint16(to * 2, from >= gap ? register.getUint16(from * 2) : 0);
  }
}
