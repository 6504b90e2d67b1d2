import type { DomainView } from '@holdfast/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { api } from '../../api.ts';
import { formatInstant, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { keepDomain } from './keep-domain.ts';
import { Button } from '../../ui/button.tsx';
import { Choice, Field } from '../../ui/field.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useNow } from '../../ui/use-now.ts';
import { isSameFilter, linesOf, whyNotSaved, type FilterDraft } from './filter-draft.ts';

const words = m.domains.filter;

/** What stands in front of us. The confirmation is made anew for every change, and is audited. */
export function FilterModeForm({ domain }: { readonly domain: DomainView }) {
  const queries = useQueryClient();
  const now = useNow();
  const confirmId = useId();
  const stored: FilterDraft = {
    filterMode: domain.filterMode,
    hops: domain.trustedHops.join('\n'),
    confirmed: false,
  };
  const [edited, setDraft] = useState<FilterDraft | null>(null);
  const draft = edited ?? stored;
  const [tried, setTried] = useState(false);
  const save = useMutation(
    api.domains.saveFilterMode.mutationOptions({
      onSuccess: (next) => {
        keepDomain(queries, next);
        setDraft(null);
        setTried(false);
        toast(words.saved);
      },
    }),
  );
  const changed = !isSameFilter(draft, stored);
  const missing = whyNotSaved(draft);
  const choose = (filterMode: FilterDraft['filterMode']) =>
    setDraft({ ...draft, filterMode, confirmed: false });
  const submit = () => {
    setTried(true);
    if (missing !== null) return;
    save.mutate({
      name: domain.name,
      filterMode: draft.filterMode,
      trustedHops: draft.filterMode === 'filter-in-front' ? linesOf(draft.hops) : [],
      confirmed: draft.confirmed,
    });
  };
  return (
    <details className="border-t border-line">
      <summary className="rounded-surface px-5 py-3 hover:bg-hover">
        <h3 className="inline">{words.title}</h3>
        <span className="text-text-2">: {words.now[domain.filterMode]}</span>
      </summary>
      <div className="px-5 pb-4">
        <fieldset>
          <legend className="sr-only">{words.title}</legend>
          <div className="grid gap-2">
            <Choice
              name={`filter-${domain.name}`}
              checked={draft.filterMode === 'none'}
              onChoose={() => choose('none')}
              label={words.none}
            />
            <p className="mt-1 text-text-2">{words.question}</p>
            <Choice
              name={`filter-${domain.name}`}
              checked={draft.filterMode === 'filter-removed'}
              onChoose={() => choose('filter-removed')}
              label={words.removed}
              text={words.removedText}
            />
            <Choice
              name={`filter-${domain.name}`}
              checked={draft.filterMode === 'filter-in-front'}
              onChoose={() => choose('filter-in-front')}
              label={words.inFront}
              text={words.inFrontText}
            />
          </div>
        </fieldset>
        {draft.filterMode === 'filter-in-front' ? (
          <div className="mt-3 max-w-[460px]">
            <Field
              label={words.hops}
              hint={words.hopsHint}
              error={tried && missing === 'hops' ? words.hopsNeeded : undefined}
            >
              {(control) => (
                <textarea
                  {...control}
                  rows={3}
                  spellCheck={false}
                  value={draft.hops}
                  onChange={(event) =>
                    setDraft({ ...draft, hops: event.target.value, confirmed: false })
                  }
                  className="input font-mono text-xs"
                />
              )}
            </Field>
          </div>
        ) : null}
        {changed && draft.filterMode !== 'none' ? (
          <div className="mt-3 flex gap-3">
            <input
              type="checkbox"
              id={confirmId}
              className="tick mt-0.5"
              checked={draft.confirmed}
              aria-describedby={`${confirmId}-note`}
              onChange={(event) => setDraft({ ...draft, confirmed: event.target.checked })}
            />
            <div>
              <label htmlFor={confirmId} className="font-medium">
                {words.confirm} {domain.name}
              </label>
              <p id={`${confirmId}-note`} className="text-sm text-text-2">
                {tried && missing === 'confirmation' ? (
                  <span className="text-problem-text">{words.confirmNeeded} </span>
                ) : null}
                {words.audited}
              </p>
            </div>
          </div>
        ) : null}
        {save.isError ? (
          <div className="mt-3">
            <ProblemNote error={save.error} />
          </div>
        ) : null}
        <div className="mt-3 flex flex-wrap items-center gap-3">
          {changed ? (
            <>
              <Button look="primary" busy={save.isPending} onClick={submit}>
                {m.saveChanges}
              </Button>
              <Button onClick={() => setDraft(null)}>{m.discard}</Button>
            </>
          ) : domain.filterConfirmedAt !== null && domain.filterMode !== 'none' ? (
            <p className="text-sm text-text-2">
              {words.confirmed(
                domain.filterConfirmedBy ?? m.none,
                formatInstant(domain.filterConfirmedAt, now, placeOfReader()),
              )}
            </p>
          ) : null}
        </div>
      </div>
    </details>
  );
}
