import type { CutOverView } from '@holdfast/contracts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { api } from '../../api.ts';
import { listed } from '../../format/counts.ts';
import { formatAgo, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { AppLink } from '../../ui/app-link.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Empty, PageHeader, Section, Skeleton } from '../../ui/page.tsx';
import { Note, ProblemNote } from '../../ui/problem-note.tsx';
import { State, type Tone } from '../../ui/state.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useNow } from '../../ui/use-now.ts';
import { StepItem } from './step-item.tsx';
import { lookEvery, useKeepView } from './use-cut-over.ts';
import { WayBackStart } from './way-back-start.tsx';

const words = m.cutOver;

const TONE: Readonly<Record<CutOverView['phase'], Tone>> = {
  'not-started': 'hollow',
  preparing: 'attention',
  'through-us': 'good',
  'way-back': 'attention',
  back: 'hollow',
};

/** One domain's way to us and back: one column of steps, each with what was measured and what is next. */
export function CutOverPage() {
  const { name } = useParams({ strict: false });
  const view = useQuery(
    api.cutOver.get.queryOptions(
      { name: name ?? '' },
      { refetchInterval: (query) => lookEvery(query.state.data) },
    ),
  );
  return (
    <div className="max-w-[760px]">
      <AppLink href="/domains" className="text-link mb-2 inline-block">
        {words.backToDomains}
      </AppLink>
      <PageHeader
        title={words.title(name ?? '')}
        text={view.data === undefined ? undefined : sentenceOf(view.data)}
      />
      {view.isError ? (
        <ProblemNote error={view.error} retry={() => void view.refetch()} />
      ) : view.isPending ? (
        <Skeleton rows={6} height={56} />
      ) : (
        <CutOver view={view.data} />
      )}
    </div>
  );
}

function sentenceOf(view: CutOverView): string {
  const mx = view.steps.find(({ step }) => step === 'mx');
  const left = view.phase === 'through-us' && mx?.state !== 'done';
  return left ? words.left : words.text[view.phase];
}

function CutOver({ view }: { readonly view: CutOverView }) {
  const wayBack = view.phase === 'way-back' || view.phase === 'back';
  const steps = wayBack ? view.wayBack : view.steps;
  const begun = view.phase !== 'not-started';
  return (
    <div className="grid gap-4">
      {view.refused.length === 0 ? null : (
        <Note tone="problem" role="alert">
          <p className="font-medium">{words.refused(listed(view.refused))}</p>
          <p>{words.refusedText}</p>
        </Note>
      )}
      <PhaseBar view={view} />
      {steps.length === 0 ? (
        <div className="surface">
          <Empty title={words.unmeasuredTitle} text={words.unmeasuredText} />
        </div>
      ) : (
        <ol aria-label={words.stepsLabel} className="surface divide-y divide-line">
          {steps.map((step) => (
            <StepItem
              key={step.step}
              step={step}
              view={view}
              isNext={begun && view.next === step.step}
              live={begun && view.phase !== 'back'}
            />
          ))}
        </ol>
      )}
      {view.phase === 'preparing' || view.phase === 'through-us' ? (
        <Section title={words.wayBack.title} text={words.wayBack.text}>
          <WayBackStart name={view.name} />
        </Section>
      ) : null}
    </div>
  );
}

function PhaseBar({ view }: { readonly view: CutOverView }) {
  const now = useNow();
  const keep = useKeepView();
  const { name } = view;
  const done = (sentence: string | null) => (next: Parameters<typeof keep>[0]) => {
    keep(next);
    if (sentence !== null) toast(sentence);
  };
  const start = useMutation(api.cutOver.start.mutationOptions({ onSuccess: done(words.started) }));
  const check = useMutation(api.cutOver.check.mutationOptions({ onSuccess: done(null) }));
  const giveUp = useMutation(api.cutOver.giveUp.mutationOptions({ onSuccess: done(words.gaveUp) }));
  const resume = useMutation(api.cutOver.resume.mutationOptions({ onSuccess: done(null) }));
  const failed = [start, check, giveUp, resume].find((one) => one.isError);
  const startable = view.phase === 'not-started' || view.phase === 'back';
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <span role="status">
          <State tone={TONE[view.phase]}>{words.phase[view.phase]}</State>
        </span>
        <span className="num text-text-2">
          {view.gatheredAt === null
            ? null
            : words.checked(formatAgo(view.gatheredAt, now, placeOfReader()))}
        </span>
        <div className="flex flex-wrap gap-2 sm:ml-auto">
          {startable ? (
            <Button
              duty="operate"
              look="primary"
              busy={start.isPending}
              onClick={() => start.mutate({ name })}
            >
              {view.phase === 'back' ? words.startAgain : words.start}
            </Button>
          ) : (
            <Button
              duty="operate"
              icon="sync"
              busy={check.isPending}
              onClick={() => check.mutate({ name })}
            >
              {check.isPending ? words.checking : words.check}
            </Button>
          )}
          {view.phase === 'preparing' ? (
            <Button
              duty="operate"
              look="quiet"
              busy={giveUp.isPending}
              onClick={() => giveUp.mutate({ name })}
            >
              {words.giveUp}
            </Button>
          ) : null}
          {view.phase === 'way-back' ? (
            <Button
              duty="operate"
              look="quiet"
              busy={resume.isPending}
              onClick={() => resume.mutate({ name })}
            >
              {words.wayBack.resume}
            </Button>
          ) : null}
          {view.phase === 'back' ? (
            <AppLink href="/uninstall" className={buttonClass()}>
              {words.wayBack.uninstall}
            </AppLink>
          ) : null}
        </div>
      </div>
      {failed === undefined ? null : <ProblemNote error={failed.error} />}
    </div>
  );
}
