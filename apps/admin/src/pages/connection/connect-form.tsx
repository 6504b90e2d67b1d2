import { zodResolver } from '@hookform/resolvers/zod';
import { connectInput, type ConnectionView } from '@holdfast/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { api } from '../../api.ts';
import { m } from '../../messages/catalogue.ts';
import { readProblem } from '../../session/problem.ts';
import { Button } from '../../ui/button.tsx';
import { Choice, Field, PasswordInput } from '../../ui/field.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { MadeCertificate } from './made-certificate.tsx';
import { TIERS, TierList, type Tier } from './tier-list.tsx';

const words = m.wizard.connect;
const own = m.connection.own;
type ProofKind = 'made-here' | 'secret' | 'certificate';

const names = connectInput.pick({ tenantId: true, clientId: true });

/** With an application that the organisation has registered: its ids, what it may do, and how it proves itself. */
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
  const [kind, setKind] = useState<ProofKind>('secret');
  const [secret, setSecret] = useState({ value: '', expiresOn: '' });
  const [pair, setPair] = useState({ certificate: '', privateKey: '' });
  const [tiers, setTiers] = useState<readonly Tier[]>(known.connected ? known.tiers : TIERS);
  const isOwn = known.mode === 'application';
  const form = useForm({
    resolver: zodResolver(names),
    defaultValues: {
      tenantId: known.tenantId ?? '',
      clientId: isOwn ? (known.clientId ?? '') : '',
    },
  });
  const connect = useMutation(
    api.connection.connect.mutationOptions({
      onSuccess: async (view) => {
        queries.setQueryData(api.connection.get.queryKey(), view);
        await queries.invalidateQueries({ queryKey: api.connection.waitingKey.queryKey() });
        await queries.invalidateQueries({ queryKey: api.session.me.queryKey() });
        onDone();
      },
    }),
  );
  const problem = connect.isError ? readProblem(connect.error) : null;
  const fields = problem?.kind === 'refused' ? problem.error.fields : undefined;
  const submit = form.handleSubmit((values) =>
    connect.mutate({
      ...values,
      tiers: [...tiers],
      secretExpiresOn: kind === 'secret' && secret.expiresOn !== '' ? secret.expiresOn : null,
      proof:
        kind === 'secret'
          ? { kind, secret: secret.value }
          : kind === 'certificate'
            ? { kind, ...pair }
            : { kind },
    }),
  );
  const empty =
    (kind === 'secret' && secret.value === '') ||
    (kind === 'certificate' && (pair.certificate === '' || pair.privateKey === ''));
  return (
    <form noValidate className="grid gap-4" onSubmit={(event) => void submit(event)}>
      <div className="grid max-w-[460px] gap-4">
        {(['tenantId', 'clientId'] as const).map((name) => (
          <Field key={name} label={words[name]} error={form.formState.errors[name]?.message}>
            {(control) => (
              <input
                {...control}
                {...form.register(name)}
                autoComplete="off"
                spellCheck={false}
                className="input"
              />
            )}
          </Field>
        ))}
      </div>
      <fieldset className="grid gap-2">
        <legend className="mb-1.5 font-medium">{own.proof}</legend>
        <Choice
          name="proof"
          checked={kind === 'made-here'}
          onChoose={() => setKind('made-here')}
          label={own.made}
          text={own.madeText}
        />
        <Choice
          name="proof"
          checked={kind === 'secret'}
          onChoose={() => setKind('secret')}
          label={own.secret}
          text={own.secretText}
        />
        <Choice
          name="proof"
          checked={kind === 'certificate'}
          onChoose={() => setKind('certificate')}
          label={own.upload}
          text={own.uploadText}
        />
      </fieldset>
      {kind === 'made-here' ? <MadeCertificate /> : null}
      {kind === 'secret' ? <SecretFields secret={secret} onChange={setSecret} /> : null}
      {kind === 'certificate' ? (
        <PairFields pair={pair} onChange={setPair} errors={fields ?? {}} />
      ) : null}
      <TierList permissions={known.permissions} tiers={tiers} onChange={setTiers} />
      {connect.isError ? <ProblemNote error={connect.error} /> : null}
      <div className="flex gap-2">
        <Button
          duty="operate"
          type="submit"
          look="primary"
          busy={connect.isPending}
          disabled={empty}
        >
          {words.submit}
        </Button>
        {onCancel === null ? null : <Button onClick={onCancel}>{m.cancel}</Button>}
      </div>
    </form>
  );
}

interface Secret {
  readonly value: string;
  readonly expiresOn: string;
}

function SecretFields({
  secret,
  onChange,
}: {
  readonly secret: Secret;
  readonly onChange: (secret: Secret) => void;
}) {
  return (
    <div className="grid max-w-[460px] gap-4">
      <Field label={own.secret} hint={own.keyHint}>
        {(control) => (
          <PasswordInput
            {...control}
            value={secret.value}
            onChange={(event) => onChange({ ...secret, value: event.target.value })}
            autoComplete="off"
          />
        )}
      </Field>
      <Field label={own.expiresOn} hint={own.expiresHint} optional>
        {(control) => (
          <input
            {...control}
            type="date"
            value={secret.expiresOn}
            onChange={(event) => onChange({ ...secret, expiresOn: event.target.value })}
            className="input"
          />
        )}
      </Field>
    </div>
  );
}

interface Pair {
  readonly certificate: string;
  readonly privateKey: string;
}

function PairFields({
  pair,
  onChange,
  errors,
}: {
  readonly pair: Pair;
  readonly onChange: (pair: Pair) => void;
  readonly errors: Readonly<Record<string, string>>;
}) {
  return (
    <div className="grid gap-4">
      {(['certificate', 'privateKey'] as const).map((name) => (
        <Field
          key={name}
          label={own[name]}
          hint={name === 'privateKey' ? own.keyHint : undefined}
          error={errors[name]}
        >
          {(control) => (
            <textarea
              {...control}
              rows={4}
              value={pair[name]}
              onChange={(event) => onChange({ ...pair, [name]: event.target.value })}
              autoComplete="off"
              spellCheck={false}
              className="input font-mono text-xs"
            />
          )}
        </Field>
      ))}
    </div>
  );
}
