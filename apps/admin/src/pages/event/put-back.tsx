import type { EventView, LeftOver } from '@holdfast/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { m } from '../../messages/catalogue.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { putBackSentences } from './put-back-sentences.ts';

const words = m.event.putBackPart;

/** What became of everything that was written or done during the event, and by name what has no place in Office 365. */
export function PutBack({ event }: { readonly event: EventView }) {
  const client = useQueryClient();
  const retry = useMutation(
    api.event.retryPutBack.mutationOptions({
      onSettled: () => client.invalidateQueries({ queryKey: api.event.state.queryKey() }),
    }),
  );
  const sentences = putBackSentences(event);
  if (sentences.length === 0) return null;
  return (
    <div className="border-t border-line px-5 py-3.5">
      <h2 className="font-semibold">{words.title}</h2>
      <ul className="mt-1">
        {sentences.map((sentence) => (
          <li key={sentence} className="num text-text-2">
            {sentence}
          </li>
        ))}
      </ul>
      {event.leftOver.length === 0 ? null : (
        <>
          <ul
            aria-label={words.leftOver}
            className="mt-2 divide-y divide-line border-y border-line"
          >
            {event.leftOver.map((entry) => (
              <Entry key={`${entry.kind} ${entry.itemId}`} entry={entry} />
            ))}
          </ul>
          <p className="mt-2 text-text-2">{words.mend}</p>
          {event.phase === 'recovering' ? (
            <Button
              duty="operate"
              className="mt-2"
              busy={retry.isPending}
              onClick={() => retry.mutate()}
            >
              {words.retry}
            </Button>
          ) : null}
          {retry.isError ? <ProblemNote error={retry.error} retry={() => retry.mutate()} /> : null}
        </>
      )}
    </div>
  );
}

function Entry({ entry }: { readonly entry: LeftOver }) {
  return (
    <li className="py-2">
      <p className="min-w-0 break-words">
        <b>{entry.subject === '' ? words.noSubject : entry.subject}</b>
        <span className="text-text-2"> · {entry.address}</span>
      </p>
      <p className="text-sm text-text-2">
        {words.kind[entry.kind]}. {words.outcome[entry.outcome]}
        {entry.detail === null ? '' : ` ${words.said(entry.detail)}`}
      </p>
    </li>
  );
}
