import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { m } from '../../messages/catalogue.ts';
import { Skeleton } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { ExchangeChoices } from './exchange-choices.tsx';
import { ExchangeDifference } from './exchange-difference.tsx';

const words = m.exchange;

/** In the review: what installing does on the Office 365 side, and the choice that it depends on. */
export function ExchangeReview() {
  const view = useQuery(api.exchange.get.queryOptions());
  return (
    <section className="mt-5 grid gap-3" aria-label={words.reviewTitle}>
      <div>
        <h3>{words.reviewTitle}</h3>
        <p className="max-w-[70ch] text-text-2">{words.reviewText}</p>
      </div>
      {view.isPending ? <Skeleton rows={4} height={30} /> : null}
      {view.isError ? <ProblemNote error={view.error} retry={() => void view.refetch()} /> : null}
      {view.data === undefined ? null : (
        <>
          <ExchangeChoices view={view.data} />
          <ExchangeDifference view={view.data} />
          {view.data.failure === null ? null : <p className="text-text-2">{view.data.failure}</p>}
        </>
      )}
    </section>
  );
}
