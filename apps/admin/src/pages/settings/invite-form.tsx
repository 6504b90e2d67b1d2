import { administratorRole, type AdministratorRole } from '@holdfast/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { api } from '../../api.ts';
import { m } from '../../messages/catalogue.ts';
import { fieldError } from '../../session/problem.ts';
import { Button } from '../../ui/button.tsx';
import { Choice, Field } from '../../ui/field.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { toast } from '../../ui/toasts.tsx';

const words = m.settings.administrators;

/** No role is chosen beforehand: whoever invites says what for. */
export function InviteForm({ onDone }: { readonly onDone: () => void }) {
  const queries = useQueryClient();
  const [role, setRole] = useState<AdministratorRole | null>(null);
  const form = useForm({ defaultValues: { name: '', email: '' } });
  const invite = useMutation(
    api.administrators.invite.mutationOptions({
      onSuccess: async (view, { email }) => {
        queries.setQueryData(api.administrators.list.queryKey(), view);
        toast(words.invited(email));
        onDone();
        await queries.invalidateQueries({ queryKey: api.overview.get.queryKey() });
      },
    }),
  );
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) =>
        void form.handleSubmit((values) => {
          if (role !== null) invite.mutate({ ...values, role });
        })(event)
      }
    >
      <p className="text-text-2">{words.inviteText}</p>
      <Field
        label={words.name}
        error={invite.isError ? fieldError(invite.error, 'name') : undefined}
      >
        {(control) => (
          <input {...control} {...form.register('name')} autoComplete="off" className="input" />
        )}
      </Field>
      <Field
        label={words.email}
        hint={words.emailHint}
        error={invite.isError ? fieldError(invite.error, 'email') : undefined}
      >
        {(control) => (
          <input
            {...control}
            {...form.register('email')}
            type="email"
            autoComplete="off"
            className="input"
          />
        )}
      </Field>
      <fieldset className="grid gap-2">
        <legend className="mb-1.5 font-medium">{words.role}</legend>
        {administratorRole.options.map((each) => (
          <Choice
            key={each}
            name="role"
            checked={role === each}
            onChoose={() => setRole(each)}
            label={m.frame.role[each]}
            text={words.does[each]}
          />
        ))}
      </fieldset>
      {invite.isError ? <ProblemNote error={invite.error} /> : null}
      <div className="flex flex-wrap gap-2">
        <Button onClick={onDone}>{m.cancel}</Button>
        <Button type="submit" look="primary" busy={invite.isPending} disabled={role === null}>
          {words.send}
        </Button>
      </div>
    </form>
  );
}
