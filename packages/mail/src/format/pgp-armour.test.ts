import { expect, test } from 'vitest';
import { withoutArmour } from './pgp-armour.ts';

const ARMOUR = '-----BEGIN PGP SIGNATURE-----\n\niQx\n-----END PGP SIGNATURE-----';

test('of a text signed in line its words are left, and what follows', () => {
  const signed = `-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA512\r\n\r\nWords\r\n- -- \r\nMona\r\n${ARMOUR.replaceAll('\n', '\r\n')}\r\n\r\n_____\r\nThe list\r\n`;
  expect(withoutArmour(signed)).toBe('Words\n-- \nMona\n\n_____\nThe list\n');
});

test('one that is cut, or none at all, loses no words', () => {
  expect(withoutArmour('-----BEGIN PGP SIGNED MESSAGE-----\n\nWords go on')).toBe('Words go on');
  expect(withoutArmour('-----BEGIN PGP SIGNED MESSAGE-----')).toBe(
    '-----BEGIN PGP SIGNED MESSAGE-----',
  );
  expect(withoutArmour(`Look:\n${ARMOUR}`)).toBe(`Look:\n${ARMOUR}`);
  expect(withoutArmour('')).toBe('');
});
