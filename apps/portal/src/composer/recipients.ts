import type { MessageView, Party } from '@holdfast/contracts';

export interface ReplyRecipients {
  readonly to: readonly Party[];
  readonly cc: readonly Party[];
}

function sameAddress(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function without(parties: readonly Party[], addresses: readonly string[]): readonly Party[] {
  const seen = new Set(addresses.map((address) => address.toLowerCase()));
  return parties.filter((party) => {
    const key = party.address.toLowerCase();
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/**
 * Who an answer goes to. Reply-To wins over From (RFC 5322 3.6.2), which is how lists take answers. Answering a message of
 * one's own goes to the people it was sent to. Oneself is left out under every address, unless nobody else is there.
 */
export function replyRecipients(
  message: MessageView,
  own: readonly string[],
  all: boolean,
): ReplyRecipients {
  const { from } = message;
  const isOwn = from !== null && own.some((address) => sameAddress(from.address, address));
  const author = from === null ? [] : [from];
  const target = isOwn ? message.to : message.replyTo.length > 0 ? message.replyTo : author;
  const others = without(target, own);
  const to = others.length > 0 ? others : without(target, []);
  if (!all) return { to, cc: [] };
  const taken = [...own, ...to.map((party) => party.address)];
  const more = isOwn ? [] : without(message.to, taken);
  const cc = without(message.cc, [...taken, ...more.map((party) => party.address)]);
  return { to: [...to, ...more], cc };
}

/** Good enough to catch slips; the server decides (RFC 5321 allows more than anyone uses). */
const ADDRESS = /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;".]+$/;

export function isAddress(text: string): boolean {
  return ADDRESS.test(text) && text.length <= 254;
}

/** Reads what was typed or pasted: `Ann <ann@x.example>, "B, C" <b@x.example>; c@x.example`. */
export function parseRecipients(text: string): readonly Party[] {
  return splitOutsideQuotes(text)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')
    .map((piece) => {
      const named = /^(.*?)<([^<>]*)>$/.exec(piece);
      if (named === null) return { name: '', address: piece };
      const [, name = '', address = ''] = named;
      return { name: name.trim().replace(/^"(.*)"$/, '$1'), address: address.trim() };
    });
}

function splitOutsideQuotes(text: string): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    if (!quoted && (character === ',' || character === ';' || character === '\n')) {
      pieces.push(piece);
      piece = '';
    } else piece += character;
  }
  return [...pieces, piece];
}

/** Mail to these domains stays in the organisation. */
export function isOutside(address: string, ownDomains: readonly string[]): boolean {
  if (ownDomains.length === 0 || !isAddress(address)) return false;
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return !ownDomains.includes(domain);
}
