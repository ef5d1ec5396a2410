import { CountedWindows } from './counted-windows';

describe('CountedWindows', () => {
  it('forgets the oldest keys rather than grow', () => {
    const windows = new CountedWindows(60_000, 100);
    for (let n = 0; n < 300; n++) windows.count(`key ${n}`);
    expect([windows.size, windows.count('key 299').count, windows.count('key 0').count]).toEqual([
      100, 2, 1,
    ]);
  });
});
