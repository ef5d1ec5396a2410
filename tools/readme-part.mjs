/** A text with this part between two marks, in place of what stands there; undefined where a mark is missing. */
export function withPart(text, begin, end, part) {
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  return after === undefined ? undefined : `${before}${begin}\n\n${part}\n\n${end}${after}`;
}
