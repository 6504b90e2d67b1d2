import { expect, test } from 'vitest';
import { choosePasswordInput, portalSignInInput } from './session.ts';

test('a password is the same with the space that a keyboard has put behind it, when it is chosen and when it is typed', () => {
  const chosen = choosePasswordInput.parse({ password: 'six grey harbour seals ' });
  const login = 'megan@contoso.example';
  for (const password of ['six grey harbour seals', ' six grey harbour seals\n'])
    expect(portalSignInInput.parse({ login, password }).password).toBe(chosen.password);
});

test('spaces do not make a password long enough', () => {
  expect(choosePasswordInput.safeParse({ password: 'seals             ' }).success).toBe(false);
  expect(portalSignInInput.safeParse({ login: 'a@contoso.example', password: '  ' }).success).toBe(
    false,
  );
});
