import { zodResolver } from '@hookform/resolvers/zod';
import { connectInput, type ConnectionView } from '@holdfast/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { api } from '../../api.ts';
import { m } from '../../messages/catalogue.ts';
import { Button } from '../../ui/button.tsx';
import { Field, PasswordInput } from '../../ui/field.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';

const words = m.wizard.connect;

export function ConnectForm({
  known,
  onDone,
  onCancel,
}: {
  readonly known: ConnectionView;
  readonly onDone: () => void;
  readonly onCancel: (() => void) | null;
}) {
  const queries = useQueryClient();
  const form = useForm({
    resolver: zodResolver(connectInput),
    defaultValues: {
      tenantId: known.tenantId ?? '',
      clientId: known.clientId ?? '',
      proof: { kind: 'secret', secret: '' },
    },
  });
  const connect = useMutation(
    api.connection.connect.mutationOptions({
      onSuccess: async (view) => {
        queries.setQueryData(api.connection.get.queryKey(), view);
        await queries.invalidateQueries({ queryKey: api.session.me.queryKey() });
        onDone();
      },
    }),
  );
  const errors = form.formState.errors;
  const secretError = form.getFieldState('proof.secret', form.formState).error?.message;
  return (
    <form
      noValidate
      className="grid max-w-[460px] gap-4"
      onSubmit={(event) => void form.handleSubmit((values) => connect.mutate(values))(event)}
    >
      <Field label={words.tenantId} error={errors.tenantId?.message}>
        {(control) => (
          <input
            {...control}
            {...form.register('tenantId')}
            autoComplete="off"
            spellCheck={false}
            className="input"
          />
        )}
      </Field>
      <Field label={words.clientId} error={errors.clientId?.message}>
        {(control) => (
          <input
            {...control}
            {...form.register('clientId')}
            autoComplete="off"
            spellCheck={false}
            className="input"
          />
        )}
      </Field>
      <Field label={words.secret} hint={words.secretHint} error={secretError}>
        {(control) => (
          <PasswordInput {...control} {...form.register('proof.secret')} autoComplete="off" />
        )}
      </Field>
      {connect.isError ? <ProblemNote error={connect.error} /> : null}
      <div className="flex gap-2">
        <Button type="submit" look="primary" busy={connect.isPending}>
          {words.submit}
        </Button>
        {onCancel === null ? null : <Button onClick={onCancel}>{m.cancel}</Button>}
      </div>
    </form>
  );
}
