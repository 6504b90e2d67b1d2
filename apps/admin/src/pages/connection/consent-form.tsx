import { startConsentInput, type ConnectionView } from '@holdfast/contracts';
import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { api } from '../../api.ts';
import { m } from '../../messages/catalogue.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { nearestOffer } from './offered-tiers.ts';
import { TierList, type Tier } from './tier-list.tsx';

const words = m.connection.consent;

/** Away to Microsoft's page; the answer comes back to another page of ours. */
export function ConsentForm({
  known,
  onCancel,
}: {
  readonly known: ConnectionView;
  readonly onCancel: (() => void) | null;
}) {
  const [wanted, setWanted] = useState<readonly Tier[]>(
    known.connected ? known.tiers : ['read', 'configure', 'mailbox'],
  );
  const tiers = nearestOffer(known.offered, wanted);
  const form = useForm({
    resolver: zodResolver(startConsentInput.pick({ tenant: true })),
    defaultValues: { tenant: known.initialDomain ?? '' },
  });
  const start = useMutation(
    api.connection.startConsent.mutationOptions({
      onSuccess: ({ url }) => globalThis.location.assign(url),
    }),
  );
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) =>
        void form.handleSubmit(({ tenant }) => start.mutate({ tenant, tiers: [...tiers] }))(event)
      }
    >
      <div className="max-w-[460px]">
        <Field
          label={words.tenant}
          hint={words.tenantHint}
          error={form.formState.errors.tenant?.message}
        >
          {(control) => (
            <input
              {...control}
              {...form.register('tenant')}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              className="input"
            />
          )}
        </Field>
      </div>
      <TierList
        permissions={known.permissions}
        tiers={tiers}
        onChange={setWanted}
        fixed={known.offered.length < 2}
      />
      {start.isError ? <ProblemNote error={start.error} /> : null}
      <div className="flex flex-wrap gap-2">
        <Button
          duty="operate"
          type="submit"
          look="primary"
          busy={start.isPending || start.isSuccess}
        >
          {words.submit}
        </Button>
        {onCancel === null ? null : <Button onClick={onCancel}>{m.cancel}</Button>}
      </div>
      <p className="max-w-[62ch] text-sm text-text-2">{words.note}</p>
    </form>
  );
}
