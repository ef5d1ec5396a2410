import { told } from '../testing/samples';
import { bandText, endText, forecastSentence } from './forecast-words';

it.each([
  ['forecast', {}, 'Ends 2026-02-21'],
  ['exhausted', { day: null }, 'No /24 fits'],
  ['not_enough_history', { day: null }, 'Not enough history'],
  ['no_growth', { day: null }, 'No growth'],
  ['beyond_3_years', { day: null }, 'Beyond 3 years'],
] as const)('says %s in a few words', (outcome, fields, text) => {
  expect(endText(told({ outcome, ...fields }))).toBe(text);
});

it('never tells a day without its band', () => {
  expect(bandText(told())).toBe('2026-02-14 to 2026-03-02, medium confidence');
  expect(bandText(told({ latest: null }))).toBe(
    '2026-02-14 to later than 3 years, medium confidence',
  );
  expect(bandText(told({ outcome: 'no_growth', day: null }))).toBeUndefined();
  expect(forecastSentence(told())).toBe(
    'At its mean growth no /24 fits from 2026-02-21 on; in eight of ten futures from 2026-02-14 to ' +
      '2026-03-02, medium confidence. It rests on 52 weeks with changes on 40 days. Of 6 forecasts out of ' +
      'its past 5 had the truth in their band.',
  );
});

it('says why there is no day', () => {
  const few = told({ outcome: 'not_enough_history', day: null, weeks: 3, changes: 2 });
  expect(forecastSentence(few)).toContain('there are 3 weeks with 2');
  const imported = told({ outcome: 'no_growth', day: null, left_out: '2025-05-01' });
  expect(forecastSentence(imported)).toContain('The week of 2025-05-01 is left out');
});
