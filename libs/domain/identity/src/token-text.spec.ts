import { readTokenText, tokenText } from './token-text';

const [ID, SECRET] = ['abcdefghijkl', 'mnopqrstuvwxyz234567'.repeat(3).slice(0, 52)];

describe('the text of a token', () => {
  it('gives its parts back', () => {
    expect(readTokenText(tokenText(ID, SECRET))).toEqual({ publicId: ID, secret: SECRET });
    expect(tokenText(ID, SECRET)).toMatch(/^cpam_[a-z2-7]{12}_[a-z2-7]{58}$/);
  });

  it('may have been chosen by hand, without a checksum', () => {
    expect(readTokenText(`cpam_${ID}_${SECRET}`)).toEqual({ publicId: ID, secret: SECRET });
  });

  it('is known to be wrong, wherever one character is another', () => {
    const text = tokenText(ID, SECRET);
    for (let at = 'cpam_'.length; at < text.length; at++) {
      if (text[at] === '_') continue;
      expect(
        readTokenText(`${text.slice(0, at)}${text[at] === 'a' ? 'b' : 'a'}${text.slice(at + 1)}`),
      ).toBeUndefined();
    }
  });

  it.each([
    '',
    'cpam_',
    `cpam_${ID}_${SECRET}a`,
    `cpam_${ID}_${SECRET.slice(1)}`,
    `cpam_${ID.toUpperCase()}_${SECRET}`,
    `cpam_${ID}_${SECRET}\n`,
    `xcpam_${ID}_${SECRET}`,
    `cpam_${ID}_${'1'.repeat(52)}`,
  ])('is not %j', (text) => {
    expect(readTokenText(text)).toBeUndefined();
  });
});
