import type { DomainView } from '@holdfast/contracts';
import type { ReactNode } from 'react';
import { formatAgo, formatTime, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { useNow } from '../../ui/use-now.ts';

/** What should be there, and what is. */
export function MxFacts({ domain }: { readonly domain: DomainView }) {
  const now = useNow();
  const ours = new Set(domain.expectedMx.map((mx) => mx.exchange));
  const seen = new Set(domain.observedMx.map((mx) => mx.exchange));
  const checked = domain.checkedAt !== null;
  return (
    <dl className="mt-3 grid gap-x-8 gap-y-3 text-sm sm:grid-cols-2 md:grid-cols-[1fr_1fr_auto_auto]">
      <Fact label={m.domains.expected}>
        {domain.expectedMx.map((mx) => (
          <Mx
            key={mx.exchange}
            mx={mx}
            note={checked && !seen.has(mx.exchange) ? m.domains.missing : null}
          />
        ))}
      </Fact>
      <Fact label={m.domains.observed}>
        {domain.observedMx.length === 0 ? (
          <span className="text-text-2">{checked ? m.domains.observedNone : m.none}</span>
        ) : (
          domain.observedMx.map((mx) => (
            <Mx key={mx.exchange} mx={mx} note={ours.has(mx.exchange) ? null : m.domains.foreign} />
          ))
        )}
      </Fact>
      <Fact label={m.domains.ttl}>
        <span className="num">
          {domain.observedTtl === null ? m.none : m.domains.ttlValue(domain.observedTtl)}
        </span>
      </Fact>
      <Fact label={m.domains.lastCheck}>
        <span className="num">
          {domain.checkedAt === null
            ? m.domains.never
            : formatAgo(domain.checkedAt, now, placeOfReader())}
          {domain.nextCheckAt === null ? null : (
            <span className="block text-text-2">
              {m.domainChecks.next} {formatTime(domain.nextCheckAt, placeOfReader())}
            </span>
          )}
        </span>
      </Fact>
    </dl>
  );
}

function Mx({
  mx,
  note,
}: {
  readonly mx: DomainView['expectedMx'][number];
  readonly note: string | null;
}) {
  return (
    <span className="num block font-mono text-xs leading-6 break-all">
      {mx.preference} {mx.exchange}
      {note === null ? null : (
        <span className="ml-2 inline-block font-sans whitespace-nowrap text-attention-text">
          {note}
        </span>
      )}
    </span>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-text-2">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
