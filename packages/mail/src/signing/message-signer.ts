import type { MessageSigner } from '@holdfast/application';
import { SECOND } from '@holdfast/domain';
import { createHash, generateKeyPair, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { relaxedBody, relaxedField, splitMessage } from './canonical-form.ts';

const generate = promisify(generateKeyPair);
const KEY_BITS = 2048;

/** What a reader sees or a client acts on (RFC 6376 §5.4.1). Signed where the message has them. */
const SIGNED = [
  'from',
  'sender',
  'reply-to',
  'subject',
  'date',
  'message-id',
  'to',
  'cc',
  'in-reply-to',
  'references',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
];
/** Named once more than they occur: a field of the name that somebody adds breaks the signature (RFC 6376 §8.15). */
const OVERSIGNED = ['from', 'subject', 'to', 'cc', 'reply-to', 'date'];
/** Folded below the 78 characters of RFC 5322 §2.1.1. */
const LINE = 72;

/** Written here since mailauth's signer names only fields that are there: it cannot guard a From against a second one. */
export function createMessageSigner(): MessageSigner {
  return {
    async createKeyPair() {
      const { privateKey, publicKey } = await generate('rsa', {
        modulusLength: KEY_BITS,
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
        publicKeyEncoding: { type: 'spki', format: 'der' },
      });
      return { privateKey, publicKey: publicKey.toString('base64') };
    },

    sign(message, { domain, selector, privateKey, at }) {
      const { fields, body } = splitMessage(message);
      if (fields.filter(({ name }) => name === 'from').length !== 1) {
        throw new Error('A message is signed only with exactly one From field (RFC 5322 §3.6)');
      }
      const chosen = chooseFields(fields);
      const bodyHash = createHash('sha256').update(relaxedBody(body), 'latin1').digest('base64');
      const tags = [
        'v=1',
        'a=rsa-sha256',
        'c=relaxed/relaxed',
        `d=${domain}`,
        `s=${selector}`,
        `t=${Math.floor(at / SECOND)}`,
        `h=${chosen.names.join(':')}`,
        `bh=${bodyHash}`,
      ];
      const unsigned = `${foldTags(tags.map((tag) => `${tag};`))}\r\n\tb=`;
      const input = [...chosen.texts.map(relaxedField), relaxedField(unsigned)].join('\r\n');
      const signature = sign('sha256', Buffer.from(input, 'latin1'), privateKey);
      return `${unsigned}${foldBase64(signature.toString('base64'))}\r\n`;
    },
  };
}

/** Bottom-most first, as RFC 6376 §5.4.2 counts them; a name beyond the last one stands for nothing. */
function chooseFields(fields: readonly { readonly name: string; readonly text: string }[]): {
  readonly names: readonly string[];
  readonly texts: readonly string[];
} {
  const names: string[] = [];
  const texts: string[] = [];
  for (const name of SIGNED) {
    const found = fields.filter((field) => field.name === name).toReversed();
    for (const field of found) {
      names.push(name);
      texts.push(field.text);
    }
    if (OVERSIGNED.includes(name)) names.push(name);
  }
  return { names, texts };
}

/** White space is free between tags and after the colons of `h=`. */
function foldTags(tags: readonly string[]): string {
  const pieces = tags
    .flatMap((tag) => [' ', ...(tag.startsWith('h=') ? tag.split(/(?<=:)/) : [tag])])
    .slice(1);
  let line = 'DKIM-Signature: ';
  const lines: string[] = [];
  for (const piece of pieces) {
    if (line.length + piece.length > LINE) {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    } else line += piece;
  }
  return [...lines, line].join('\r\n\t');
}

function foldBase64(text: string): string {
  return (text.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [])
    .map((part) => `\r\n\t${part}`)
    .join('');
}
