import {
  hasRules,
  missingTags,
  NO_RULES,
  ruledChoices,
  rulesMistake,
  rulesOf,
  rulesText,
  startPrefix,
} from './allocation-rules';

const RULES = {
  min_prefix_length: 20,
  max_prefix_length: 26,
  default_prefix_length: 22,
  required_tags: ['env', 'team'],
  quarantine_days: null,
};

it('takes missing rules for none', () => {
  expect(rulesOf({ rules: null })).toEqual(NO_RULES);
  expect(rulesOf({ rules: { required_tags: ['env'], quarantine_days: null } })).toEqual({
    ...NO_RULES,
    required_tags: ['env'],
    quarantine_days: null,
  });
  expect(hasRules(NO_RULES)).toBe(false);
  expect(hasRules(RULES)).toBe(true);
});

it.each([
  [RULES, '/20 to /26, usually /22; tags env, team'],
  [{ ...NO_RULES, min_prefix_length: 24 }, '/24 or smaller'],
  [{ ...NO_RULES, max_prefix_length: 24 }, '/24 or larger'],
  [{ ...NO_RULES, min_prefix_length: 24, max_prefix_length: 24 }, '/24 only'],
  [{ ...NO_RULES, required_tags: ['env'], quarantine_days: null }, 'tag env'],
])('puts rules in a line %#', (rules, text) => {
  expect(rulesText(rules)).toBe(text);
});

it('finds rules that no block of the pool can keep', () => {
  expect(rulesMistake('10.0.0.0/16', RULES)).toBeUndefined();
  expect(rulesMistake('10.0.0.0/20', RULES)).toContain('/20 does not');
  expect(rulesMistake('10.0.0.0/16', { ...RULES, min_prefix_length: 27 })).toContain('narrower');
  expect(rulesMistake('10.0.0.0/16', { ...RULES, default_prefix_length: 28 })).toContain('/28');
});

it('disables the lengths that the rules refuse, with the reason', () => {
  const choices = ruledChoices('10.0.0.0/16', RULES, true);
  expect(choices.find(({ value }) => value === '19')).toEqual({
    value: '19',
    label: '/19 · 8,192: wider than /20',
    disabled: true,
  });
  expect(choices.find(({ value }) => value === '27')).toMatchObject({
    label: '/27 · 32: narrower than /26',
    disabled: true,
  });
  expect(choices.filter(({ disabled }) => !disabled).map(({ value }) => value)).toEqual([
    '20',
    '21',
    '22',
    '23',
    '24',
    '25',
    '26',
  ]);
});

it.each([
  ['10.0.0.0/16', RULES, 22],
  ['10.0.0.0/24', RULES, 24],
  ['10.0.0.0/8', { ...NO_RULES, min_prefix_length: 20 }, 20],
  ['10.0.0.0/16', { ...NO_RULES, max_prefix_length: 20 }, 20],
  ['10.0.0.0/16', NO_RULES, 24],
])('begins in %s with a length that the rules allow %#', (cidr, rules, length) => {
  expect(startPrefix(cidr, rules, true)).toBe(length);
});

it.each([
  ['2001:db8::/96', 97],
  ['10.0.0.0/28', 29],
  ['10.0.0.0/24', 28],
])('begins in the pool %s with a length that is inside of it', (cidr, length) => {
  expect(startPrefix(cidr, NO_RULES, false)).toBe(length);
  expect(ruledChoices(cidr, NO_RULES, false).map(({ value }) => value)).toContain(String(length));
  expect(ruledChoices(cidr, NO_RULES, false)[0]?.value).not.toBe(cidr.split('/')[1]);
});

it('names the required tags that have no value', () => {
  expect(missingTags(RULES, { env: 'prod', team: ' ' })).toEqual(['team']);
  expect(missingTags(RULES, { env: 'prod', team: 'net' })).toEqual([]);
  const inherited = ['constructor', '__proto__'];
  expect(missingTags({ ...RULES, required_tags: inherited }, {})).toEqual(inherited);
});
