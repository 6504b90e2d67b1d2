import type { DrillReport } from '@holdfast/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../api.ts';
import { formatInstant, formatTime, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { useMay } from '../../session/session.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { LogLines } from '../../ui/log-lines.tsx';
import { PageHeader, Section, Skeleton } from '../../ui/page.tsx';
import { Note, ProblemNote } from '../../ui/problem-note.tsx';
import { State } from '../../ui/state.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useNow } from '../../ui/use-now.ts';
import { DrillFigures, DrillTargets } from './drill-figures.tsx';
import { DrillParticipants } from './drill-participants.tsx';

const words = m.drill;
/** A drill is followed this closely while it runs. Unit: ms. */
const FOLLOW_EVERY = 3_000;

/** One drill: the live view while it runs, and the evidence report that it leaves. */
export function DrillPage() {
  const { drillId } = useParams({ from: '/frame/gate/event/drills/$drillId' });
  const report = useQuery(
    api.drill.report.queryOptions(
      { drillId },
      {
        refetchInterval: (query) =>
          query.state.data?.drill.endedAt === null ? FOLLOW_EVERY : false,
      },
    ),
  );
  return (
    <div className="max-w-[1000px]">
      {report.isError ? (
        <ProblemNote error={report.error} retry={() => void report.refetch()} />
      ) : report.isPending ? (
        <Skeleton rows={5} height={48} />
      ) : (
        <Report report={report.data} />
      )}
    </div>
  );
}

function Report({ report }: { readonly report: DrillReport }) {
  const now = useNow(1_000);
  const { drill } = report;
  const at = (iso: string): string => formatInstant(iso, now, placeOfReader());
  const isRunning = drill.endedAt === null;
  return (
    <>
      <PageHeader
        title={drill.reason}
        text={`${isRunning ? words.live : words.report(report.organisation)} · ${at(drill.startedAt)} · ${words.startedBy(drill.startedBy)}`}
        actions={
          <span className="flex gap-2 print:hidden">
            <a className={buttonClass('plain')} href={`/export/drills/${drill.id}.csv`} download>
              {words.export}
            </a>
            <Button onClick={() => globalThis.print()}>{words.print}</Button>
          </span>
        }
      />
      <section aria-label={words.facts} className="surface">
        <div className="flex flex-wrap items-center gap-x-6 gap-y-3 px-5 py-3.5">
          <p className="min-w-0 flex-[1_1_300px]">
            <State tone={isRunning ? 'attention' : 'hollow'}>
              <b>
                {isRunning
                  ? `${words.running} ${words.until(formatTime(drill.endsAt, placeOfReader()))}`
                  : words.over[drill.because ?? 'ended']}
              </b>
            </State>
            {drill.endedAt === null ? null : (
              <span className="num ml-3 text-text-2">{at(drill.endedAt)}</span>
            )}
          </p>
          {isRunning ? <End drillId={drill.id} /> : null}
        </div>
        {isRunning ? (
          <Undo drillId={drill.id} left={Math.ceil((Date.parse(drill.noticesAt) - now) / 1000)} />
        ) : null}
        <DrillFigures drill={drill} />
      </section>
      {drill.because === 'undone' ? null : (
        <Section title={words.targets}>
          <DrillTargets report={report} />
        </Section>
      )}
      <Section
        title={words.participantsTitle}
        {...(report.gone > 0 && { text: words.gone(report.gone) })}
      >
        <DrillParticipants report={report} />
      </Section>
      <Section title={words.log}>
        <LogLines log={report.log} now={now} />
      </Section>
    </>
  );
}

/** Until the notices leave nobody knows of the drill. */
function Undo({ drillId, left }: { readonly drillId: string; readonly left: number }) {
  const queries = useQueryClient();
  const may = useMay('operate');
  const undo = useMutation(
    api.drill.undo.mutationOptions({
      onSuccess: async () => {
        toast(words.undone);
        await queries.invalidateQueries();
      },
    }),
  );
  if (left <= 0 || !may) return null;
  return (
    <div className="grid gap-2 px-5 pb-3.5 print:hidden">
      <Note
        tone="attention"
        action={
          <Button icon="undo" busy={undo.isPending} onClick={() => undo.mutate({ drillId })}>
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

function End({ drillId }: { readonly drillId: string }) {
  const [asking, setAsking] = useState(false);
  const queries = useQueryClient();
  const may = useMay('operate');
  const end = useMutation(
    api.drill.end.mutationOptions({
      onSuccess: async () => {
        toast(words.ended);
        setAsking(false);
        await queries.invalidateQueries();
      },
    }),
  );
  if (!may) return null;
  return (
    <span className="print:hidden">
      <Button onClick={() => setAsking(true)}>{words.end}</Button>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={words.endTitle}
        text={words.endText}
        footer={
          <>
            <Button onClick={() => setAsking(false)}>{m.cancel}</Button>
            <Button look="primary" busy={end.isPending} onClick={() => end.mutate({ drillId })}>
              {words.endConfirm}
            </Button>
          </>
        }
      >
        {end.isError ? <ProblemNote error={end.error} /> : null}
      </Dialog>
    </span>
  );
}
