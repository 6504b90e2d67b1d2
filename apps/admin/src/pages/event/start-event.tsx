import type { startEventInput } from '@holdfast/contracts';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import { api } from '../../api.ts';
import { m } from '../../messages/catalogue.ts';
import { Choice } from '../../ui/field.tsx';
import { HoldButton } from '../../ui/hold-button.tsx';
import { Section, Skeleton } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { ReasonField } from '../../ui/reason-field.tsx';
import { toast } from '../../ui/toasts.tsx';
import { UserPicker } from '../users/user-picker.tsx';
import { EventPreviewList } from './event-preview.tsx';

const words = m.event;
type Start = z.input<typeof startEventInput>;

/** Scope, relay, reason; then what will happen, in numbers; then hold to confirm. */
export function StartEvent() {
  const queries = useQueryClient();
  const [who, setWho] = useState<'everyone' | 'users'>('everyone');
  const [userIds, setUserIds] = useState<readonly string[]>([]);
  const [relay, setRelay] = useState<'keep-trying' | 'hold'>('keep-trying');
  const [reason, setReason] = useState('');
  const scope: Start['scope'] =
    who === 'everyone' ? { kind: 'everyone' } : { kind: 'users', userIds: [...userIds] };
  const hasScope = who === 'everyone' || userIds.length > 0;
  const preview = useQuery(
    api.event.preview.queryOptions(
      { scope },
      { enabled: hasScope, placeholderData: keepPreviousData },
    ),
  );
  const start = useMutation(
    api.event.start.mutationOptions({
      onSuccess: async () => {
        toast(words.started);
        await queries.invalidateQueries();
      },
    }),
  );
  const hasReason = reason.trim() !== '';
  const covered = preview.data?.covered ?? 0;
  return (
    <Section title={words.start}>
      <div className="grid gap-x-8 gap-y-6 lg:grid-cols-2">
        <div className="grid content-start gap-5">
          <Scope who={who} onWho={setWho} userIds={userIds} onUserIds={setUserIds} />
          <Relay relay={relay} onRelay={setRelay} />
          <ReasonField
            label={words.reason}
            hint={words.reasonHint}
            needed={words.reasonNeeded}
            value={reason}
            onChange={setReason}
          />
        </div>
        <div className="grid content-start gap-3">
          <h3>{words.preview}</h3>
          {!hasScope ? (
            <p className="text-text-2">{words.scopeNeeded}</p>
          ) : preview.isError ? (
            <ProblemNote error={preview.error} retry={() => void preview.refetch()} />
          ) : preview.isPending ? (
            <Skeleton rows={4} height={40} />
          ) : (
            <EventPreviewList preview={preview.data} />
          )}
          {start.isError ? <ProblemNote error={start.error} /> : null}
          <HoldButton
            label={words.holdToStart}
            confirmLabel={words.twoStepConfirm(covered)}
            disabled={!hasScope || !hasReason || covered === 0}
            busy={start.isPending}
            onConfirm={() => start.mutate({ scope, relay, reason })}
          />
          {hasReason ? null : <p className="text-sm text-text-2">{words.reasonNeeded}</p>}
        </div>
      </div>
    </Section>
  );
}

function Scope({
  who,
  onWho,
  userIds,
  onUserIds,
}: {
  readonly who: 'everyone' | 'users';
  readonly onWho: (who: 'everyone' | 'users') => void;
  readonly userIds: readonly string[];
  readonly onUserIds: (ids: readonly string[]) => void;
}) {
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 font-medium">{words.scope}</legend>
      <Choice
        name="scope"
        checked={who === 'everyone'}
        onChoose={() => onWho('everyone')}
        label={words.everyone}
        text={words.everyoneText}
      />
      <Choice
        name="scope"
        checked={who === 'users'}
        onChoose={() => onWho('users')}
        label={words.some}
        text={words.someText}
      />
      {who === 'users' ? <UserPicker chosen={userIds} onChange={onUserIds} onlyProtected /> : null}
    </fieldset>
  );
}

function Relay({
  relay,
  onRelay,
}: {
  readonly relay: 'keep-trying' | 'hold';
  readonly onRelay: (relay: 'keep-trying' | 'hold') => void;
}) {
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 font-medium">{words.relay}</legend>
      <Choice
        name="relay"
        checked={relay === 'keep-trying'}
        onChoose={() => onRelay('keep-trying')}
        label={words.keepTrying}
        text={words.keepTryingText}
      />
      <Choice
        name="relay"
        checked={relay === 'hold'}
        onChoose={() => onRelay('hold')}
        label={words.hold}
        text={words.holdText}
      />
    </fieldset>
  );
}
