import { describe, expect, test } from 'vitest';
import { base64, letter, parts } from '@holdfast/letters/letter';
import { SIGNED_ENTITY, SIGNED_SAMPLES } from '@holdfast/letters/signed-samples';
import { aTnef } from '@holdfast/letters/tnef';
import { createMessageFormat } from './message-format.ts';

const format = createMessageFormat({ authservId: 'mx.holdfast.example' });
const signerOf = async (raw: Buffer) => (await format.read(raw)).protection?.signer?.name ?? null;

const LIE = 'Content-Type: text/html\n\n<p>Pay to this account</p>';
const OPAQUE = part('application/pkcs7-mime; name=smime.p7m', SIGNED_SAMPLES.opaque);
const SIGNATURE = part('application/pkcs7-signature; name=smime.p7s', SIGNED_SAMPLES.detached);
const IN_THE_CLEAR = 'multipart/signed; protocol="application/pkcs7-signature"; boundary=s';

function part(type: string, content: string): string {
  return `Content-Type: ${type}\nContent-Transfer-Encoding: base64\n\n${content.replace(/.{76}/g, '$&\n')}`;
}

function mixed(...inner: readonly string[]): Buffer {
  return letter({ 'Content-Type': 'multipart/mixed; boundary=m' }, parts('m', ...inner));
}

function signed(body: string, fields: Readonly<Record<string, string>> = {}): Buffer {
  return letter({ 'Content-Type': IN_THE_CLEAR, ...fields }, body);
}

describe('a true signature of somebody else’s', () => {
  test('counts for what it signs', async () => {
    expect(await signerOf(mixed(OPAQUE))).toBe('Mona Kane');
    expect(await signerOf(signed(parts('s', SIGNED_ENTITY, SIGNATURE)))).toBe('Mona Kane');
    expect(await signerOf(signed(`A preamble.\n${parts('s', SIGNED_ENTITY, SIGNATURE)}`))).toBe(
      'Mona Kane',
    );
  });

  test.each([
    ['before it', mixed(LIE, OPAQUE)],
    ['behind it', mixed(OPAQUE, LIE)],
    ['as a file beside it', mixed(OPAQUE, part('text/html; name=a.html', base64('<p>Pay')))],
    [
      'signed by somebody as well',
      mixed(OPAQUE, part('application/pkcs7-mime', SIGNED_SAMPLES.opaquePss)),
    ],
    ['in a winmail.dat', mixed(OPAQUE, part('application/ms-tnef', base64(aTnef({ html: LIE }))))],
    ['between what it signs and itself', signed(parts('s', SIGNED_ENTITY, LIE, SIGNATURE))],
    ['behind itself', signed(parts('s', SIGNED_ENTITY, SIGNATURE, LIE))],
  ])('does not count for words that were put %s', async (_where, raw) => {
    expect(await signerOf(raw)).toBeNull();
  });

  test('does not count where what it signs stands where no reader looks', async () => {
    const hidden = `--sx\n${SIGNED_ENTITY}\n--sx\n`;
    expect(await signerOf(signed(`${hidden}${parts('s', LIE, SIGNATURE)}`))).toBeNull();
    const two = signed(`${parts('s', SIGNED_ENTITY, SIGNATURE)}${parts('t', LIE, SIGNATURE)}`, {
      'content-type': IN_THE_CLEAR.replace('boundary=s', 'boundary=t'),
    });
    expect(await signerOf(two)).toBeNull();
    const nested = parts('o', signedPart('s', SIGNED_ENTITY, SIGNATURE), LIE);
    const around = letter({ 'Content-Type': 'multipart/mixed; boundary=o' }, nested);
    expect(await signerOf(around)).toBeNull();
  });
});

/** As a part of its own. */
function signedPart(boundary: string, ...inner: readonly string[]): string {
  return `Content-Type: ${IN_THE_CLEAR}\n\n${parts(boundary, ...inner)}`;
}
