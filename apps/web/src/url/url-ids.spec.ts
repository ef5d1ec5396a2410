import { idsOfText, idsText } from './url-ids';

it('reads back the ids it wrote, and nothing else', () => {
  expect([...idsOfText(idsText([3, 7, 12]))]).toEqual([3, 7, 12]);
  expect([...idsOfText('3.x..1e3')]).toEqual([3]);
});
