import { loginProblem } from './login-problem';

it('says in its own words why a login failed, as whom, and when to try again', () => {
  expect(loginProblem(null)).toBeUndefined();
  expect(loginProblem('no_role', 'Nell')).toMatchObject({
    title: 'Not allowed in',
    text: expect.stringMatching(/^You are logged in at the provider as Nell\. None of your groups/),
    isAboutPerson: true,
  });
  expect(loginProblem('login_cancelled', 'Nell')).toMatchObject({
    title: 'Login cancelled',
    text: expect.not.stringContaining('Nell'),
    isAboutPerson: false,
  });
  expect(loginProblem('rate_limited', undefined, '42')?.text).toMatch(/in 42 seconds\.$/);
  expect(loginProblem('rate_limited', undefined, '<b>')?.text).toMatch(/in a minute\.$/);
  for (const code of ['of_tomorrow', 'constructor', '__proto__'])
    expect(loginProblem(code)?.title).toBe('Login failed');
});
