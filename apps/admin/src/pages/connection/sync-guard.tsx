import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { api } from '../../api.ts';
import { m } from '../../messages/catalogue.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';

const words = m.connection.guard;
const LEAST = 1;
const MOST = 100;

/** From which share on a refresh stops and asks. */
export function SyncGuard({ percent }: { readonly percent: number }) {
  const queries = useQueryClient();
  const form = useForm({ values: { percent } });
  const save = useMutation(
    api.directory.saveGuard.mutationOptions({
      onSuccess: (next) => queries.setQueryData(api.directory.state.queryKey(), next),
    }),
  );
  const { errors, isDirty } = form.formState;
  return (
    <form
      className="border-t border-line px-5 py-3"
      onSubmit={(event) => void form.handleSubmit((values) => save.mutate(values))(event)}
    >
      <Field label={words.label} hint={words.hint} error={errors.percent?.message}>
        {(control) => (
          <div className="flex flex-wrap items-center gap-2">
            <input
              {...control}
              {...form.register('percent', {
                valueAsNumber: true,
                validate: (value) =>
                  (Number.isInteger(value) && value >= LEAST && value <= MOST) || words.wrong,
              })}
              type="number"
              inputMode="numeric"
              min={LEAST}
              max={MOST}
              className="input num w-[6rem]"
            />
            <span className="text-text-2">{words.unit}</span>
            <Button duty="operate" type="submit" disabled={!isDirty} busy={save.isPending}>
              {words.save}
            </Button>
          </div>
        )}
      </Field>
      {save.isError ? <ProblemNote error={save.error} /> : null}
    </form>
  );
}
