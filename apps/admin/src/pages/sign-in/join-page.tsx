import { zodResolver } from '@hookform/resolvers/zod';
import { joinInput } from '@holdfast/contracts';
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

/** Where an invitation to administer leads. The token stands behind the `#`, as that of the set-up link. */
export function JoinPage() {
  const [token] = useState(() => globalThis.location.hash.slice(1));
  return (
    <Doorway title={m.join.title} text={m.join.text}>
      {joinInput.shape.token.safeParse(token).success ? (
        <JoinForm token={token} />
      ) : (
        <Note tone="attention" role="alert">
          {m.join.noToken}
        </Note>
      )}
    </Doorway>
  );
}

function JoinForm({ token }: { readonly token: string }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({
    resolver: zodResolver(joinInput),
    defaultValues: { token, password: '' },
  });
  const join = useMutation(
    api.session.join.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries();
        await navigate({ to: '/' });
      },
    }),
  );
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => void form.handleSubmit((values) => join.mutate(values))(event)}
    >
      <Field
        label={m.setUp.password}
        hint={m.setUp.passwordHint}
        error={form.formState.errors.password?.message}
      >
        {(control) => (
          <PasswordInput {...control} {...form.register('password')} autoComplete="new-password" />
        )}
      </Field>
      {join.isError ? <ProblemNote error={join.error} /> : null}
      <Button type="submit" look="primary" busy={join.isPending}>
        {m.join.submit}
      </Button>
    </form>
  );
}
