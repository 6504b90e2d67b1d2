import { expect, test } from 'vitest';
import { Echoes } from './echoes.ts';

test('a page that lags behind hands back what was told, each once or not at all', () => {
  const echoes = new Echoes();
  for (const text of ['H', 'He', 'Hel']) echoes.tell(text);
  expect(echoes.isEcho('H')).toBe(true);
  // The page has left out one.
  expect(echoes.isEcho('Hel')).toBe(true);
  expect(echoes.isEcho('He')).toBe(false);
});

test('what comes from elsewhere is no echo, nor is what was told before it', () => {
  const echoes = new Echoes();
  echoes.tell('Hello');
  expect(echoes.isEcho('From the desk')).toBe(false);
  echoes.forget();
  expect(echoes.isEcho('Hello')).toBe(false);
});
