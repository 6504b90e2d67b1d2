import type { EventView } from '@holdfast/contracts';
import { m } from '../../messages/catalogue.ts';

const words = m.event.putBackPart;

/** One line for what was written, one for what was done with received mail; none while there is nothing to say. */
export function putBackSentences(
  event: Pick<EventView, 'sent' | 'putBack' | 'carriedBack' | 'leftOver' | 'phase'>,
): readonly string[] {
  if (event.phase === 'active') return [];
  const lines: string[] = [];
  if (event.sent > 0) {
    const kept = event.leftOver.filter(({ kind }) => kind === 'sent').length;
    lines.push(words.sent(event.putBack, event.sent, kept));
  }
  const { all, done, theirs, waiting, notFound, refused } = event.carriedBack;
  if (all > 0) {
    const rest = [
      theirs > 0 ? words.theirs(theirs) : null,
      notFound > 0 ? words.notFound(notFound) : null,
      refused > 0 ? words.refused(refused) : null,
      waiting > 0 ? words.waiting(waiting) : null,
    ].filter((part) => part !== null);
    lines.push(words.state(done, all, rest));
  }
  return lines;
}
