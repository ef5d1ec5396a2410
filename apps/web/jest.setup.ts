import { format } from 'node:util';
import { configure } from '@testing-library/react';

configure({
  // A part that comes lazily takes its time on a busy machine.
  asyncUtilTimeout: 10_000,
  // What was looked for, without the whole document.
  getElementError: (message) => new Error(message?.split('\n')[0]),
});

/** What jsdom has not because it lays nothing out. */
class Unsized {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
globalThis.ResizeObserver ??= Unsized;
Element.prototype.scrollIntoView ??= () => undefined;
window.matchMedia ??= (media) =>
  Object.assign(new EventTarget(), {
    media,
    matches: false,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
  });

// What React complains of is a fault of the page.
const complaints: string[] = [];
beforeEach(() => {
  complaints.length = 0;
  jest.spyOn(console, 'error').mockImplementation((...parts) => complaints.push(format(...parts)));
});
afterEach(() => expect(complaints).toEqual([]));
