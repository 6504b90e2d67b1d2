import { END_ANYWAY, type EventView, type PrimaryView } from '@holdfast/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { formatSince, formatSpan, formatTime, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Note, ProblemNote } from '../../ui/problem-note.tsx';
import { State } from '../../ui/state.tsx';
import { toast } from '../../ui/toasts.tsx';
import { EventFigures } from './event-figures.tsx';

const words = m.event;

export function ActiveEvent({
  event,
  primary,
  now,
}: {
  readonly event: EventView;
  readonly primary: PrimaryView;
  readonly now: number;
}) {
  const [ending, setEnding] = useState(false);
  const place = placeOfReader();
  return (
    <section aria-label={words.active} className="surface border-problem">
      <div className="flex flex-wrap items-start gap-x-6 gap-y-3 px-5 py-3.5">
        <div className="min-w-0 flex-[1_1_300px]">
          <p className="flex flex-wrap gap-x-4">
            <State tone="problem">
              <b>{words.active}</b>
            </State>
            <span className="num">
              {words.running(formatSpan(now - Date.parse(event.startedAt)))}
            </span>
          </p>
          <p className="mt-1">{event.reason}</p>
          <p className="text-text-2">
            {words.since(formatSince(event.startedAt, now, place))} ·{' '}
            {words.startedBy(event.startedBy)} · {words.scopeWords(event.scope)}
            {event.relay === null ? '' : ` · ${words.relay}: ${words.relayWords[event.relay]}`}
          </p>
        </div>
        <Button duty="operate" onClick={() => setEnding(true)}>
          {words.end}
        </Button>
      </div>
      <Undo event={event} now={now} />
      <EventFigures event={event} />
      <EndDialog
        open={ending}
        onClose={() => setEnding(false)}
        event={event}
        healthy={primary.state === 'healthy'}
      />
    </section>
  );
}

/** Until the notices leave, an undo is silent. */
function Undo({ event, now }: { readonly event: EventView; readonly now: number }) {
  const queries = useQueryClient();
  const undo = useMutation(
    api.event.undo.mutationOptions({
      onSuccess: async () => {
        toast(words.undone);
        await queries.invalidateQueries();
      },
    }),
  );
  if (event.noticesAt === null) return null;
  const left = Math.ceil((Date.parse(event.noticesAt) - now) / 1000);
  if (left <= 0)
    return (
      <p className="px-5 pb-3 text-sm text-text-2">
        {words.noticesLeft(formatTime(event.noticesAt, placeOfReader()))}
      </p>
    );
  return (
    <div className="grid gap-2 px-5 pb-3.5">
      <Note
        tone="attention"
        action={
          <Button duty="operate" icon="undo" busy={undo.isPending} onClick={() => undo.mutate()}>
            {words.undo}
          </Button>
        }
      >
        <span className="num">{words.undoUntil(left)}</span>
      </Note>
      {undo.isError ? <ProblemNote error={undo.error} /> : null}
    </div>
  );
}

function EndDialog({
  open,
  onClose,
  event,
  healthy,
}: {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly event: EventView;
  readonly healthy: boolean;
}) {
  const queries = useQueryClient();
  const [typed, setTyped] = useState('');
  const end = useMutation(
    api.event.end.mutationOptions({
      onSuccess: async () => {
        toast(words.ended);
        onClose();
        await queries.invalidateQueries();
      },
      // It may look unhealthy since, and then asks for the words.
      onError: () => queries.invalidateQueries({ queryKey: api.event.state.queryKey() }),
    }),
  );
  const ready = healthy || typed.trim().toLowerCase() === END_ANYWAY;
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={words.endTitle}
      text={words.endText(event.waiting)}
      footer={
        <>
          <Button onClick={onClose}>{m.cancel}</Button>
          <Button
            duty="operate"
            look={healthy ? 'primary' : 'problem'}
            disabled={!ready}
            busy={end.isPending}
            onClick={() => end.mutate({ typed: healthy ? '' : END_ANYWAY })}
          >
            {words.endConfirm}
          </Button>
        </>
      }
    >
      {healthy ? null : (
        <div className="grid gap-4">
          <Note tone="problem">{words.endUnhealthy}</Note>
          <Field label={words.endType(END_ANYWAY)}>
            {(control) => (
              <input
                {...control}
                autoComplete="off"
                autoCapitalize="off"
                spellCheck={false}
                value={typed}
                onChange={(change) => setTyped(change.target.value)}
                className="input"
              />
            )}
          </Field>
        </div>
      )}
      {end.isError ? (
        <div className="mt-3">
          <ProblemNote error={end.error} />
        </div>
      ) : null}
    </Dialog>
  );
}
