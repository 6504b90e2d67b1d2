import type { EmergencyCardView } from '@holdfast/contracts';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../../api.ts';
import { formatInstant, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { Button } from '../../ui/button.tsx';
import { PageHeader, Skeleton } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useNow } from '../../ui/use-now.ts';

const words = m.cutOver.card;

/** For the day on which this console cannot be reached: printed, it needs neither us nor Office 365. */
export function CardPage() {
  const card = useQuery(api.cutOver.card.queryOptions());
  return (
    <div className="max-w-[760px]">
      <PageHeader
        title={words.title}
        text={words.text}
        actions={
          <span className="print:hidden">
            <Button
              look="primary"
              disabled={card.data === undefined}
              onClick={() => globalThis.print()}
            >
              {words.print}
            </Button>
          </span>
        }
      />
      {card.isError ? (
        <ProblemNote error={card.error} retry={() => void card.refetch()} />
      ) : card.isPending ? (
        <Skeleton rows={6} height={56} />
      ) : (
        <Card card={card.data} />
      )}
    </div>
  );
}

function Card({ card }: { readonly card: EmergencyCardView }) {
  const now = useNow();
  const lockDown = {
    on: words.lockDownOn,
    off: words.lockDownOff,
    unknown: words.lockDownUnknown,
  }[card.lockDown];
  return (
    <div className="surface grid gap-5 px-5 py-4 print:border-0 print:p-0">
      <p className="text-text-2">
        {words.for(card.organisation, formatInstant(card.madeAt, now, placeOfReader()))}
      </p>
      <Part title={words.stepLockDown}>
        <p>{lockDown}</p>
        <p className="text-text-2">{words.powershell}</p>
        <pre className="rounded-surface border border-line p-3 font-mono text-xs whitespace-pre-wrap break-words">
          {card.script}
        </pre>
      </Part>
      <Part title={words.stepMx}>
        <p>{words.mxText}</p>
        <ul className="grid gap-3">
          {card.domains.map((domain) => (
            <li key={domain.name} className="break-inside-avoid">
              <h3 className="break-all">{domain.name}</h3>
              {domain.filterInFront ? <p>{words.filter}</p> : null}
              <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
                <Hosts label={words.remove} hosts={domain.ourMx} />
                <Hosts label={`${words.enter}, ${words.ttl(domain.ttl)}`} hosts={domain.tenantMx} />
              </dl>
            </li>
          ))}
        </ul>
      </Part>
      <Part title={words.stepCall}>
        {card.operatorContact === null ? null : (
          <p>
            {words.operator}: <b>{card.operatorContact}</b>
          </p>
        )}
        <p className="text-text-2">{words.own}</p>
        <ul className="grid gap-4 pt-2">
          {words.blanks.map((blank) => (
            <li key={blank} className="flex items-end gap-3">
              <span>{blank}</span>
              <span className="min-w-16 flex-1 border-b border-line-strong" />
            </li>
          ))}
        </ul>
      </Part>
      <p className="text-text-2">{words.meanwhile}</p>
    </div>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title} className="grid gap-1.5">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Hosts({ label, hosts }: { readonly label: string; readonly hosts: readonly string[] }) {
  return (
    <div>
      <dt className="text-sm text-text-2">{label}</dt>
      {hosts.map((host) => (
        <dd key={host} className="num font-mono text-xs leading-6 break-all">
          {host}
        </dd>
      ))}
    </div>
  );
}
