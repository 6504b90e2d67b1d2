import type { Finding, FindingCode } from '@holdfast/domain';
import type { AlertWords } from './drift-words.ts';
import { MX_WORDS } from './mx-words.ts';
import { SENDER_WORDS } from './sender-words.ts';
import { TRANSPORT_WORDS } from './transport-words.ts';

/** Title, consequence and how to mend it, the last empty where nothing is to be done; `{}` is what it is about. */
export type WordsOf<Code extends FindingCode> = Readonly<
  Record<Code, readonly [title: string, consequence: string, mend: string]>
>;

const WORDS: WordsOf<FindingCode> = { ...MX_WORDS, ...SENDER_WORDS, ...TRANSPORT_WORDS };

/** What was found, what it means for mail, and how to mend it: the same in the console and on the command line. */
export function findingWords({ code, subject }: Finding): AlertWords {
  const [title, consequence, mend] = WORDS[code];
  // A function: what stands in DNS may hold `$&`, which would mean something in a replacement.
  const filled = title.replace('{}', () => subject ?? '').replace(/\s*:?\s*$/, '');
  return { title: filled, consequence, mend };
}
