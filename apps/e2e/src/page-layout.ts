/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/**
 * Rows of tables and grids that are higher than 72 px, by their first words. Runs in the browser:
 * it uses nothing outside itself.
 */
export function crowdedRows(): string[] {
  return [...document.querySelectorAll<HTMLElement>('tr, [role=row]')]
    .filter((row) => row.getBoundingClientRect().height > 72)
    .map(
      (row) =>
        `${Math.round(row.getBoundingClientRect().height)} px: ${row.innerText.slice(0, 60)}`,
    );
}

/**
 * Pairs of texts that cover each other, as far as they can be seen. Runs in the browser: it uses
 * nothing outside itself.
 */
export function textOverText(): string[] {
  interface Box {
    readonly node: Node;
    readonly fixed: boolean;
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  }
  const boxes: Box[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    if (!element || node.nodeValue?.trim() === '' || element.closest('title, script, style'))
      continue;
    const { visibility, display, opacity } = getComputedStyle(element);
    if (visibility === 'hidden' || display === 'none' || opacity === '0') continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      let { left, right, top, bottom } = rect;
      let fixed = false;
      for (let around: Element | null = element; around && !fixed; around = around.parentElement) {
        const style = getComputedStyle(around);
        fixed = style.position === 'fixed';
        if (style.overflowX === 'visible' && style.overflowY === 'visible') continue;
        const clip = around.getBoundingClientRect();
        [left, right] = [Math.max(left, clip.left), Math.min(right, clip.right)];
        [top, bottom] = [Math.max(top, clip.top), Math.min(bottom, clip.bottom)];
      }
      if (right - left > 2 && bottom - top > 2)
        boxes.push({ node, fixed, left, right, top, bottom });
    }
  }
  return boxes.flatMap((one, index) =>
    boxes
      .slice(index + 1)
      // What stands still lies over what scrolls, on purpose.
      .filter(
        (other) =>
          other.node !== one.node &&
          other.fixed === one.fixed &&
          Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2 &&
          Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 3,
      )
      .map((other) => `${one.node.nodeValue} | ${other.node.nodeValue}`),
  );
}
