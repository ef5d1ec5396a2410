import { useLayoutEffect, useState } from 'react';
import type { RefObject } from 'react';

/** Pixels: all rows have one height. */
export const ROW_HEIGHT = 32;
const OVERSCAN = 15;

/** The rows of a long list that are in the document: those in view and some around them. */
export interface RowWindow {
  readonly first: number;
  /** The row after the last one. */
  readonly end: number;
}

/**
 * Follows which rows of a list can be seen in what scrolls them.
 * @param scroller holds the head of the list, which stays in view, and below it a row for each
 */
export function useRowWindow(scroller: RefObject<HTMLElement | null>, count: number): RowWindow {
  const [seen, setSeen] = useState({ first: 0, end: 0 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const look = (): void => {
      const first = Math.floor(element.scrollTop / ROW_HEIGHT);
      const end = Math.ceil((element.scrollTop + element.clientHeight) / ROW_HEIGHT);
      setSeen((was) => (was.first === first && was.end === end ? was : { first, end }));
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      observer.disconnect();
    };
  }, [scroller]);
  return {
    first: Math.max(0, seen.first - OVERSCAN),
    end: Math.min(count, seen.end + OVERSCAN),
  };
}

/** Scrolls no further than it takes to see a row. */
export function scrollToRow(scroller: HTMLElement | null, count: number, index: number): void {
  if (!scroller) return;
  const head = scroller.scrollHeight - count * ROW_HEIGHT;
  const top = index * ROW_HEIGHT;
  const bottom = head + top + ROW_HEIGHT - scroller.clientHeight;
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  else if (bottom > scroller.scrollTop) scroller.scrollTop = bottom;
}
