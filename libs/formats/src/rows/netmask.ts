/**
 * The prefix length that a mask stands for.
 * @param mask a dotted one (`255.255.255.0`) or a prefix length (`24`)
 * @returns undefined where it is neither; a prefix length may still be too long for its address
 */
export function maskLength(mask: string): number | undefined {
  if (/^(0|[1-9]\d{0,2})$/.test(mask)) return Number(mask);
  const octets = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(mask)?.slice(1).map(Number);
  if (!octets || octets.some((octet) => octet > 255)) return undefined;
  const bits = octets.reduce((all, octet) => all * 256 + octet, 0);
  const zeros = 2 ** 32 - bits; // a power of two, where all ones stand before all zeros
  const length = 32 - Math.log2(zeros);
  return Number.isInteger(length) ? length : undefined;
}
