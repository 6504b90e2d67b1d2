import type { HelpdeskFields, HelpdeskView } from '@holdfast/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { api } from '../../api.ts';
import { m } from '../../messages/catalogue.ts';
import { fieldError, isCode } from '../../session/problem.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Skeleton } from '../../ui/page.tsx';
import { Note, ProblemNote } from '../../ui/problem-note.tsx';
import { toast } from '../../ui/toasts.tsx';

const words = m.settings.helpdesk;

const FIELDS = [
  { name: 'name', label: words.name, hint: words.nameHint, type: 'text', optional: false },
  { name: 'phone', label: words.phone, hint: words.phoneHint, type: 'tel', optional: true },
  { name: 'email', label: words.email, hint: words.emailHint, type: 'email', optional: true },
  { name: 'url', label: words.url, hint: words.urlHint, type: 'url', optional: true },
  { name: 'hours', label: words.hours, hint: words.hoursHint, type: 'text', optional: true },
] as const;

/** Whom users ask. The same on the settings page and in the steps of the installation. */
export function HelpdeskForm() {
  const helpdesk = useQuery(api.settings.helpdesk.queryOptions());
  if (helpdesk.isPending) return <Skeleton rows={5} height={36} />;
  if (helpdesk.isError)
    return <ProblemNote error={helpdesk.error} retry={() => void helpdesk.refetch()} />;
  return <Fields helpdesk={helpdesk.data} />;
}

function typed(helpdesk: HelpdeskView | null): HelpdeskFields {
  return {
    name: helpdesk?.name ?? '',
    phone: helpdesk?.phone?.shown ?? '',
    email: helpdesk?.email ?? '',
    url: helpdesk?.url ?? '',
    hours: helpdesk?.hours ?? '',
  };
}

function Fields({ helpdesk }: { readonly helpdesk: HelpdeskView | null }) {
  const queries = useQueryClient();
  // Somebody else may save meanwhile: what is being typed here stays.
  const form = useForm({ values: typed(helpdesk), resetOptions: { keepDirtyValues: true } });
  const save = useMutation(
    api.settings.saveHelpdesk.mutationOptions({
      onSuccess: async (saved) => {
        queries.setQueryData(api.settings.helpdesk.queryKey(), saved);
        form.reset(typed(saved));
        toast(saved === null ? words.removed : words.saved);
        await queries.invalidateQueries({ queryKey: api.overview.get.queryKey() });
      },
    }),
  );
  const ofFields = save.isError && isCode(save.error, 'input.invalid');
  return (
    <form
      noValidate
      className="grid max-w-[520px] gap-4"
      onSubmit={(event) =>
        void form.handleSubmit((values) => save.mutate({ helpdesk: values }))(event)
      }
    >
      {helpdesk === null ? <Note tone="attention">{words.missing}</Note> : null}
      {FIELDS.map(({ name, label, hint, type, optional }) => (
        <Field
          key={name}
          label={label}
          hint={hint}
          optional={optional}
          error={ofFields ? fieldError(save.error, name) : undefined}
        >
          {(control) => (
            <input
              {...control}
              {...form.register(name)}
              type={type}
              autoComplete="off"
              className="input"
            />
          )}
        </Field>
      ))}
      {save.isError && !ofFields ? <ProblemNote error={save.error} /> : null}
      <div className="flex flex-wrap gap-2">
        <Button
          duty="operate"
          type="submit"
          look="primary"
          busy={save.isPending}
          disabled={!form.formState.isDirty}
        >
          {words.save}
        </Button>
        {helpdesk === null ? null : (
          <Button
            duty="operate"
            disabled={save.isPending}
            onClick={() => save.mutate({ helpdesk: null })}
          >
            {words.remove}
          </Button>
        )}
      </div>
    </form>
  );
}
