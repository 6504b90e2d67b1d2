import type { CommandResult } from '@holdfast/contracts';
import { m } from '../../messages/catalogue.ts';
import type { DeliveryCommandWord } from '../../messages/vocabulary.ts';

/** What was done and what was left as it is, in one line. */
export function commandedWords(command: DeliveryCommandWord, result: CommandResult): string {
  const words = m.mailFlow;
  if (result.action !== null) return words.begun(result.action.expected);
  return [
    words.done[command](result.changed),
    ...result.refused.map(({ count, reason }) => words.leftAlone(count, reason)),
    ...(result.allowed.length > 0 ? [words.allowed(result.allowed)] : []),
  ].join('. ');
}
