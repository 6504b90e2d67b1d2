import type { ExchangeView } from '@holdfast/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { api } from '../../api.ts';
import { m } from '../../messages/catalogue.ts';
import { Choice } from '../../ui/field.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';

const words = m.exchange;

/** Who has the last word on spam, and whether our mark moves mail. The difference below follows at once. */
export function ExchangeChoices({ view }: { readonly view: ExchangeView }) {
  const queries = useQueryClient();
  const id = useId();
  const choose = useMutation(
    api.exchange.choose.mutationOptions({
      onSuccess: (next) => queries.setQueryData(api.exchange.get.queryKey(), next),
    }),
  );
  const { filtering, junkRule } = choose.variables ?? view;
  const shown = choose.isPending ? { filtering, junkRule } : view;
  return (
    <fieldset className="grid gap-2" aria-busy={choose.isPending}>
      <legend className="mb-1.5 font-medium">{words.choose}</legend>
      <Choice
        name={`${id}-filtering`}
        checked={shown.filtering === 'enhanced'}
        onChoose={() => choose.mutate({ filtering: 'enhanced', junkRule: shown.junkRule })}
        disabled={choose.isPending}
        label={words.enhanced}
        text={words.enhancedText}
      />
      <Choice
        name={`${id}-filtering`}
        checked={shown.filtering === 'ours'}
        onChoose={() => choose.mutate({ filtering: 'ours', junkRule: shown.junkRule })}
        disabled={choose.isPending}
        label={words.ours}
        text={words.oursText}
      />
      <div className="flex gap-3 px-3 pt-1">
        <input
          type="checkbox"
          id={`${id}-junk`}
          className="tick mt-[3px]"
          checked={shown.junkRule}
          disabled={choose.isPending}
          aria-describedby={`${id}-junk-text`}
          onChange={(event) =>
            choose.mutate({ filtering: shown.filtering, junkRule: event.target.checked })
          }
        />
        <div className="min-w-0">
          <label htmlFor={`${id}-junk`} className="block font-medium">
            {words.junkRule}
          </label>
          <p id={`${id}-junk-text`} className="text-text-2">
            {words.junkRuleText}
          </p>
        </div>
      </div>
      {choose.isError ? <ProblemNote error={choose.error} /> : null}
    </fieldset>
  );
}
