import type { DrillPreview } from '@holdfast/contracts';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../api.ts';
import { m } from '../../messages/catalogue.ts';
import { Button } from '../../ui/button.tsx';
import { Consequence, NamedPeople } from '../../ui/consequences.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Section, Skeleton } from '../../ui/page.tsx';
import { Note, ProblemNote } from '../../ui/problem-note.tsx';
import { ReasonField } from '../../ui/reason-field.tsx';
import { toast } from '../../ui/toasts.tsx';
import { UserPicker } from '../users/user-picker.tsx';

const words = m.drill;
/** Offered, as far as the installation allows them. Unit: hours. */
const LENGTHS = [1, 2, 4, 8, 24] as const;
const USUAL = 2;

/** Who, how long, what for; then what will happen, in numbers; then one question. */
export function StartDrill() {
  const [userIds, setUserIds] = useState<readonly string[]>([]);
  const [hours, setHours] = useState<number>(USUAL);
  const [reason, setReason] = useState('');
  const preview = useQuery(
    api.drill.preview.queryOptions(
      { userIds: [...userIds] },
      { enabled: userIds.length > 0, placeholderData: keepPreviousData },
    ),
  );
  const hasReason = reason.trim() !== '';
  const shown = userIds.length === 0 ? undefined : preview.data;
  const offered = LENGTHS.filter((length) => length <= (shown?.longestHours ?? USUAL * 4));
  // What was chosen before it was known how long one may last.
  const lasts = Math.min(hours, offered.at(-1) ?? USUAL);
  const isPossible = shown !== undefined && obstacleOf(shown) === null && shown.covered > 0;
  return (
    <Section title={words.start}>
      <div className="grid gap-x-8 gap-y-6 lg:grid-cols-2">
        <div className="grid content-start gap-5">
          <fieldset className="grid gap-2">
            <legend className="mb-1 font-medium">{words.who}</legend>
            <UserPicker chosen={userIds} onChange={setUserIds} onlyProtected />
          </fieldset>
          <Field label={words.lasts} hint={words.lastsHint}>
            {(control) => (
              <select
                {...control}
                className="input"
                value={lasts}
                onChange={(event) => setHours(Number(event.target.value))}
              >
                {offered.map((length) => (
                  <option key={length} value={length}>
                    {words.hours(length)}
                  </option>
                ))}
              </select>
            )}
          </Field>
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
          {userIds.length === 0 ? (
            <p className="text-text-2">{words.whoNeeded}</p>
          ) : preview.isError ? (
            <ProblemNote error={preview.error} retry={() => void preview.refetch()} />
          ) : shown === undefined ? (
            <Skeleton rows={4} height={40} />
          ) : (
            <Preview preview={shown} />
          )}
          <Confirm
            disabled={!isPossible || !hasReason}
            covered={shown?.covered ?? 0}
            delay={shown?.noticeDelaySeconds ?? 0}
            input={() => ({
              userIds: [...userIds],
              reason,
              hours: lasts,
            })}
          />
          {hasReason ? null : <p className="text-sm text-text-2">{words.reasonNeeded}</p>}
        </div>
      </div>
    </Section>
  );
}

function obstacleOf(preview: DrillPreview): string | null {
  if (preview.isEventOpen) return words.eventOpen;
  if (preview.covered > preview.mostParticipants) return words.tooMany(preview.mostParticipants);
  return preview.busy.length > 0 ? words.busy(preview.busy.length) : null;
}

function Preview({ preview }: { readonly preview: DrillPreview }) {
  const { unreachable, reachableBy } = preview;
  const obstacle = obstacleOf(preview);
  return (
    <>
      {obstacle === null ? null : <Note tone="attention">{obstacle}</Note>}
      <div role="status">
        <ul className="surface divide-y divide-line">
          <Consequence title={words.covered(preview.covered)} text={words.coveredText} />
          <Consequence
            title={words.reachable(preview.reachable)}
            text={words.byChannel(reachableBy.sms, reachableBy.email)}
          />
          {unreachable.length === 0 ? null : (
            <Consequence title={words.unreachable(unreachable.length)} text={words.unreachableText}>
              <NamedPeople people={unreachable}>{(some) => <Names people={some} />}</NamedPeople>
            </Consequence>
          )}
          <Consequence title={words.untouched} text={words.untouchedText} />
        </ul>
      </div>
      <p className="text-text-2">{words.delay(preview.noticeDelaySeconds)}</p>
    </>
  );
}

function Names({ people }: { readonly people: DrillPreview['unreachable'] }) {
  return (
    <ul className="mt-1 text-sm">
      {people.map((person) => (
        <li key={person.id}>{person.name}</li>
      ))}
    </ul>
  );
}

/** Asked once: people get a message on their telephones. Nothing here touches mail, so nothing has to be held down. */
function Confirm({
  disabled,
  covered,
  delay,
  input,
}: {
  readonly disabled: boolean;
  readonly covered: number;
  readonly delay: number;
  readonly input: () => {
    readonly userIds: string[];
    readonly reason: string;
    readonly hours: number;
  };
}) {
  const [asking, setAsking] = useState(false);
  const queries = useQueryClient();
  const router = useRouter();
  const start = useMutation(
    api.drill.start.mutationOptions({
      onSuccess: async ({ id }) => {
        toast(words.started);
        await queries.invalidateQueries();
        router.history.push(`/event/drills/${id}`);
      },
    }),
  );
  return (
    <>
      <Button look="primary" disabled={disabled} onClick={() => setAsking(true)}>
        {words.start}…
      </Button>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={words.confirmTitle}
        text={words.confirmText(covered, delay)}
        footer={
          <>
            <Button onClick={() => setAsking(false)}>{m.cancel}</Button>
            <Button look="primary" busy={start.isPending} onClick={() => start.mutate(input())}>
              {words.confirm(covered)}
            </Button>
          </>
        }
      >
        {start.isError ? <ProblemNote error={start.error} /> : null}
      </Dialog>
    </>
  );
}
