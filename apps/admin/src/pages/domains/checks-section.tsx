import type { DomainView } from '@holdfast/contracts';
import { m } from '../../messages/catalogue.ts';
import { State } from '../../ui/state.tsx';
import { countChecks, RESULT_TONE, worstTone } from './check-tone.ts';
import { Disclosure } from './disclosure.tsx';

const words = m.domainChecks;

type Check = DomainView['checks'][number];

/** Every check with its result, what it means for mail and how to mend it. */
export function ChecksSection({ domain }: { readonly domain: DomainView }) {
  const counts = countChecks(domain.checks);
  const { problems, attentions, unknown } = counts;
  return (
    <Disclosure
      title={words.title}
      state={
        domain.checks.length === 0 ? undefined : (
          <State tone={worstTone(counts)}>{words.summary(problems, attentions, unknown)}</State>
        )
      }
    >
      {() =>
        domain.checks.length === 0 ? (
          <p className="text-text-2">{words.none}</p>
        ) : (
          <ul className="divide-y divide-line">
            {domain.checks.map((check) => (
              <CheckRow key={check.check} check={check} domain={domain} />
            ))}
          </ul>
        )
      }
    </Disclosure>
  );
}

function CheckRow({ check, domain }: { readonly check: Check; readonly domain: DomainView }) {
  return (
    <li className="grid gap-x-6 gap-y-1.5 py-3 first:pt-0 last:pb-0 md:grid-cols-[180px_1fr]">
      <div>
        <h4 className="font-semibold">{words.name[check.check]}</h4>
        <p className="text-sm text-text-2">{words.about[check.check]}</p>
        <p className="mt-1">
          <State tone={RESULT_TONE[check.result]}>{words.result[check.result]}</State>
        </p>
      </div>
      <div className="min-w-0">
        <ul className="grid gap-2">
          {check.findings.map((finding, position) => (
            // The same code may stand for several hosts or parts, in an order that says nothing.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={`${finding.code}-${position}`}>
              <FindingText finding={finding} />
            </li>
          ))}
        </ul>
        <SeenRecords check={check} />
        {check.check === 'mx' ? <Resolvers domain={domain} /> : null}
      </div>
    </li>
  );
}

function FindingText({ finding }: { readonly finding: Check['findings'][number] }) {
  const { title, consequence, mend, result } = finding;
  const loud = result === 'problem' || result === 'attention';
  return (
    <>
      <p className={`break-words ${loud ? 'font-medium' : ''}`}>{title}</p>
      <p className="text-sm text-text-2">
        {consequence} {mend === '' ? null : <span className="text-text">{mend}</span>}
      </p>
    </>
  );
}

function SeenRecords({ check }: { readonly check: Check }) {
  if (check.seen.length === 0) return null;
  return (
    <details className="mt-1.5">
      <summary className="w-fit rounded-control py-1 text-sm text-text-2">
        {words.seen}
        {check.ttl === null ? '' : ` (${words.ttl(check.ttl)})`}
      </summary>
      <ul className="mt-1 grid gap-1 rounded-control bg-sunken px-3 py-2">
        {check.seen.map((line) => (
          <li key={line} className="num font-mono text-xs leading-5 break-all">
            {line}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Resolvers({ domain }: { readonly domain: DomainView }) {
  const { resolvers } = domain;
  if (resolvers.length === 0) return null;
  const differ = domain.checks
    .flatMap((check) => check.findings)
    .some(({ code }) => code === 'mx-disagreement');
  return (
    <details className="mt-1" open={differ}>
      <summary className="w-fit rounded-control py-1 text-sm text-text-2">
        {words.resolvers}
      </summary>
      <ul className="mt-1 grid gap-1.5 text-sm">
        {resolvers.map((one) => (
          <li key={one.resolver} className="min-w-0">
            <span className="num font-mono text-xs">{one.resolver}</span>{' '}
            <span className="text-text-2">
              {words.resolver[one.outcome]}
              {one.outcome === 'found'
                ? `, ${one.authoritative ? words.authoritative : words.cached}`
                : ''}
              {one.ttl === null ? '' : `, ${words.ttl(one.ttl)}`}
              {one.authenticated ? `, ${words.signed}` : ''}
              {one.detail === null || one.outcome === 'found' ? '' : `: ${one.detail}`}
            </span>
            {one.records.map((record) => (
              <span key={record} className="num block font-mono text-xs leading-5 break-all">
                {record}
              </span>
            ))}
          </li>
        ))}
      </ul>
      {domain.authoritative ? null : (
        <p className="mt-1.5 text-sm text-text-2">{words.cacheNote}</p>
      )}
    </details>
  );
}
