import type { Overview } from '@holdfast/contracts';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../../api.ts';
import { formatSpan } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { AppLink } from '../../ui/app-link.tsx';
import { CoverageBar } from '../../ui/coverage-bar.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LedgerLines } from '../../ui/ledger-lines.tsx';
import { PageHeader, Section, Skeleton } from '../../ui/page.tsx';
import { primarySentence, PrimarySources, PrimaryWord } from '../../ui/primary-state.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { State } from '../../ui/state.tsx';
import { useNow } from '../../ui/use-now.ts';
import { MailStrip } from './mail-strip.tsx';

/** The first screen follows mail without reloading. Unit: ms. */
const LOOK_EVERY = 10_000;

export function OverviewPage() {
  const overview = useQuery(
    api.overview.get.queryOptions(undefined, { refetchInterval: LOOK_EVERY }),
  );
  return (
    <>
      <PageHeader title={m.overview.title} />
      {overview.isError ? (
        <ProblemNote error={overview.error} retry={() => void overview.refetch()} />
      ) : overview.isPending ? (
        <Skeleton rows={4} height={64} />
      ) : null}
      {overview.data === undefined ? null : <Answers overview={overview.data} />}
    </>
  );
}

function Answers({ overview }: { readonly overview: Overview }) {
  const now = useNow();
  return (
    <>
      <div className="surface divide-y divide-line">
        <Answer question={m.overview.mail} state={<MailWord mail={overview.mail} />}>
          <MailSentence mail={overview.mail} now={now} />
        </Answer>
        <Answer question={m.overview.office} state={<PrimaryWord primary={overview.primary} />}>
          <p>{primarySentence(overview.primary, now)}</p>
          <PrimarySources primary={overview.primary} now={now} />
        </Answer>
        <Answer question={m.overview.reach} state={<ReachWord coverage={overview.coverage} />}>
          <Reach coverage={overview.coverage} />
        </Answer>
      </div>
      <Section title={m.overview.needs}>
        <Needs needs={overview.needs} />
      </Section>
      <Section title={m.overview.strip}>
        <MailStrip hours={overview.mail.hours} />
      </Section>
      {overview.ledger === null ? null : (
        <Section title={m.overview.ledger}>
          <LedgerLines ledgers={overview} />
        </Section>
      )}
    </>
  );
}

function Answer({
  question,
  state,
  children,
}: {
  readonly question: string;
  readonly state: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section
      aria-label={question}
      className="grid gap-x-6 gap-y-1 px-5 py-3.5 md:grid-cols-[190px_170px_1fr]"
    >
      <h2 className="text-base font-normal text-text-2">{question}</h2>
      <div>{state}</div>
      <div className="min-w-0">{children}</div>
    </section>
  );
}

function MailWord({ mail }: { readonly mail: Overview['mail'] }) {
  const accepted = total(mail, 'accepted');
  if (mail.waiting > 0)
    return (
      <State tone="attention">
        <b>{m.overview.mailWaiting}</b>
      </State>
    );
  return (
    <State tone={accepted > 0 ? 'good' : 'hollow'}>
      <b>{accepted > 0 ? m.overview.mailGood : m.overview.mailQuiet}</b>
    </State>
  );
}

function MailSentence({ mail, now }: { readonly mail: Overview['mail']; readonly now: number }) {
  const accepted = total(mail, 'accepted');
  const oldest =
    mail.oldestWaiting === null ? null : formatSpan(now - Date.parse(mail.oldestWaiting));
  return (
    <>
      <p className="num">
        {accepted === 0
          ? m.overview.mailNone
          : m.overview.mailSentence(accepted, total(mail, 'delivered'))}
      </p>
      {mail.waiting > 0 ? (
        <p className="num text-text-2">
          <AppLink href="/queue?state=queued,leased,deferred" className="text-link">
            {m.overview.mailWaitingCount(mail.waiting)}
          </AppLink>
          {m.overview.mailWaitingRest(oldest)}
        </p>
      ) : null}
      {mail.inReview + mail.quarantined > 0 ? (
        <p className="num flex flex-wrap gap-x-4">
          {mail.inReview > 0 ? (
            <AppLink href="/queue?state=review,held" className="text-link">
              {m.overview.inReview(mail.inReview)}
            </AppLink>
          ) : null}
          {mail.quarantined > 0 ? (
            <AppLink href="/quarantine" className="text-link">
              {m.overview.quarantined(mail.quarantined)}
            </AppLink>
          ) : null}
        </p>
      ) : null}
    </>
  );
}

function total(mail: Overview['mail'], count: 'accepted' | 'delivered'): number {
  return mail.hours.reduce((sum, hour) => sum + hour[count], 0);
}

function ReachWord({ coverage }: { readonly coverage: Overview['coverage'] }) {
  const missing = coverage.protected - coverage.reachable;
  if (coverage.protected === 0)
    return (
      <State tone="hollow">
        <b>{m.overview.notProtected}</b>
      </State>
    );
  return (
    <State tone={missing === 0 ? 'good' : 'attention'}>
      <b className="num">{missing === 0 ? m.overview.reachGood : m.overview.reachPart(missing)}</b>
    </State>
  );
}

function Reach({ coverage }: { readonly coverage: Overview['coverage'] }) {
  if (coverage.protected === 0) return <p>{m.overview.reachNone}</p>;
  return (
    <>
      <p className="num mb-2">{m.overview.reachSentence(coverage.reachable, coverage.protected)}</p>
      <CoverageBar coverage={coverage} />
    </>
  );
}

function Needs({ needs }: { readonly needs: Overview['needs'] }) {
  if (needs.length === 0)
    return (
      <div className="surface px-5 py-4">
        <State tone="good">
          <b>{m.overview.needsNothing}</b>
        </State>
        <p className="mt-1 text-text-2">{m.overview.needsNothingText}</p>
      </div>
    );
  return (
    <ul className="surface divide-y divide-line overflow-hidden">
      {needs.map((need) => (
        <li key={need.id}>
          <AppLink
            href={need.href}
            className="grid gap-x-6 gap-y-0.5 px-5 py-3 hover:bg-hover md:grid-cols-[110px_1fr_auto] md:items-center"
          >
            <State tone={need.level}>{m.overview.level[need.level]}</State>
            <span className="min-w-0">
              <span className="block font-medium">{need.title}</span>
              <span className="block text-text-2">{need.detail}</span>
            </span>
            <span className="text-text-3 max-md:hidden">
              <Icon name="chevronRight" />
            </span>
          </AppLink>
        </li>
      ))}
    </ul>
  );
}
