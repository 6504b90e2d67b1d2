import { zodResolver } from '@hookform/resolvers/zod';
import { signInInput } from '@holdfast/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { api } from '../../api.ts';
import { m } from '../../messages/catalogue.ts';
import { Button } from '../../ui/button.tsx';
import { Field, PasswordInput } from '../../ui/field.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Doorway } from './doorway.tsx';

export function SignInPage() {
  const queries = useQueryClient();
  const form = useForm({
    resolver: zodResolver(signInInput),
    defaultValues: { email: '', password: '' },
  });
  const signIn = useMutation(
    api.session.signIn.mutationOptions({ onSuccess: () => queries.invalidateQueries() }),
  );
  const errors = form.formState.errors;
  return (
    <Doorway title={m.signIn.title} text={m.signIn.text}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => void form.handleSubmit((values) => signIn.mutate(values))(event)}
      >
        <Field label={m.signIn.email} error={errors.email?.message}>
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
        <Field label={m.signIn.password} error={errors.password?.message}>
          {(control) => (
            <PasswordInput
              {...control}
              {...form.register('password')}
              autoComplete="current-password"
            />
          )}
        </Field>
        {signIn.isError ? <ProblemNote error={signIn.error} /> : null}
        <Button type="submit" look="primary" busy={signIn.isPending}>
          {m.signIn.submit}
        </Button>
      </form>
    </Doorway>
  );
}
