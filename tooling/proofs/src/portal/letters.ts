import { fillIn, HOSTILE_HTML, type Aims, type Trick } from '@holdfast/mail/testing/hostile-html';

/** One message with one trick, or with several that leave each other alone. */
export interface Letter {
  readonly subject: string;
  readonly tricks: readonly { readonly name: string; readonly number: number }[];
  /** What its HTML is before anybody has sanitised it. */
  readonly html: string;
  readonly raw: Buffer;
}

const SENDER = 'Mona Kane <mona.kane@fabrikam.example>';
/** Of the tricks that share a message. */
const TOGETHER = 60;
/** In the short form: of those that need a message of their own, every so many. */
const EVERY = 8;

export const HOSTILE_DOMAIN = 'hostile.example';

function aimsOf(number: number): Aims {
  return { run: `canary(${number})`, host: `t${number}.${HOSTILE_DOMAIN}` };
}

/** `long`: each trick in a message of its own. `short`: the tame ones together, and a part of the others. */
export function hostileLetters(form: 'short' | 'long'): readonly Letter[] {
  const numbered = HOSTILE_HTML.map((trick, number) => ({ trick, number }));
  if (form === 'long') return numbered.map((one) => letterOf([one]));
  const tame = numbered.filter(({ trick }) => !trick.alone);
  const lone = numbered.filter(({ trick }) => trick.alone).filter((_one, at) => at % EVERY === 0);
  const packs: (typeof numbered)[] = [];
  for (let at = 0; at < tame.length; at += TOGETHER) packs.push(tame.slice(at, at + TOGETHER));
  return [...packs.map(letterOf), ...lone.map((one) => letterOf([one]))];
}

function letterOf(numbered: readonly { readonly trick: Trick; readonly number: number }[]): Letter {
  const [first] = numbered;
  if (first === undefined) throw new Error('A letter without a trick');
  const subject = `Trick ${first.number}`;
  const html = numbered
    .map(({ trick, number }) => `<div>${fillIn(trick.html, aimsOf(number))}</div>`)
    .join('\n');
  const single = numbered.length === 1 ? first.trick : null;
  const source = single === null ? html : fillIn(single.html, aimsOf(first.number));
  const body = single?.bytes?.(aimsOf(first.number)) ?? Buffer.from(source);
  const head = [
    `From: ${SENDER}`,
    'To: adele.vance@contoso.example',
    `Subject: ${subject}`,
    `Message-ID: <trick-${first.number}-${Date.now()}@fabrikam.example>`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    'MIME-Version: 1.0',
    `Content-Type: text/html; charset=${single?.charset ?? 'utf-8'}`,
    'Content-Transfer-Encoding: base64',
  ];
  const lines = body.toString('base64').replace(/.{76}/g, '$&\r\n');
  return {
    subject,
    tricks: numbered.map(({ trick, number }) => ({ name: trick.name, number })),
    html: source,
    raw: Buffer.from(`${head.join('\r\n')}\r\n\r\n${lines}\r\n`),
  };
}
