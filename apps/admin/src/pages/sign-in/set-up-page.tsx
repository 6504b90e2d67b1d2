import { zodResolver } from '@hookform/resolvers/zod';
import { setUpInput } from '@holdfast/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { api } from '../../api.ts';
import { m } from '../../messages/catalogue.ts';
import { Button } from '../../ui/button.tsx';
import { Field, PasswordInput } from '../../ui/field.tsx';
import { Note, ProblemNote } from '../../ui/problem-note.tsx';
import { Doorway } from './doorway.tsx';

/** The token stands behind the `#`, so that it is never sent in a request line or written to a log. */
export function SetUpPage() {
  const [token] = useState(() => globalThis.location.hash.slice(1));
  return (
    <Doorway title={m.setUp.title} text={m.setUp.text}>
      {setUpInput.shape.token.safeParse(token).success ? (
        <SetUpForm token={token} />
      ) : (
        <Note tone="attention" role="alert">
          <p className="font-medium">{m.setUp.noToken}</p>
          <p>{m.setUp.noTokenText}</p>
        </Note>
      )}
    </Doorway>
  );
}

function SetUpForm({ token }: { readonly token: string }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({
    resolver: zodResolver(setUpInput),
    defaultValues: { token, organisation: '', name: '', email: '', password: '' },
  });
  const setUp = useMutation(
    api.session.setUp.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries();
        await navigate({ to: '/' });
      },
    }),
  );
  const errors = form.formState.errors;
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => void form.handleSubmit((values) => setUp.mutate(values))(event)}
    >
      <Field label={m.setUp.organisation} error={errors.organisation?.message}>
        {(control) => (
          <input
            {...control}
            {...form.register('organisation')}
            autoComplete="organization"
            className="input"
          />
        )}
      </Field>
      <Field label={m.setUp.name} error={errors.name?.message}>
        {(control) => (
          <input {...control} {...form.register('name')} autoComplete="name" className="input" />
        )}
      </Field>
      <Field label={m.setUp.email} hint={m.setUp.emailHint} error={errors.email?.message}>
        {(control) => (
          <input
            {...control}
            {...form.register('email')}
            type="email"
            autoComplete="username"
            className="input"
          />
        )}
      </Field>
      <Field label={m.setUp.password} hint={m.setUp.passwordHint} error={errors.password?.message}>
        {(control) => (
          <PasswordInput {...control} {...form.register('password')} autoComplete="new-password" />
        )}
      </Field>
      {setUp.isError ? <ProblemNote error={setUp.error} /> : null}
      <Button type="submit" look="primary" busy={setUp.isPending}>
        {m.setUp.submit}
      </Button>
    </form>
  );
}
