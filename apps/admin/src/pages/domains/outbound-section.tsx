import type { DomainView } from '@holdfast/contracts';
import { m } from '../../messages/catalogue.ts';
import { Note } from '../../ui/problem-note.tsx';
import { State, type Tone } from '../../ui/state.tsx';
import { DkimKeys } from './dkim-keys.tsx';
import { Block } from './outbound-block.tsx';
import { RecordCell } from './record-cell.tsx';

const words = m.domains.outbound;

type Outbound = DomainView['outbound'];

const FATE_TONE: Readonly<Record<Outbound['fate'], Tone>> = {
  accepted: 'good',
  doubted: 'attention',
  junked: 'attention',
  rejected: 'problem',
  unknown: 'hollow',
};

/** Mail that people write in emergency mailboxes: whether recipients will believe it, and what to enter before it is needed. */
export function OutboundSection({ domain }: { readonly domain: DomainView }) {
  const { outbound } = domain;
  const urgent = outbound.fate !== 'accepted' && outbound.fate !== 'unknown';
  return (
    <details className="border-t border-line" open={urgent}>
      <summary className="rounded-surface px-5 py-3 hover:bg-hover">
        <h3 className="inline">{words.title}</h3>
        <span className="ml-3 inline-flex">
          <State tone={FATE_TONE[outbound.fate]}>{words.fate[outbound.fate]}</State>
        </span>
      </summary>
      <div className="grid gap-5 px-5 pb-5">
        <p className="text-text-2">{words.consequence[outbound.fate]}</p>
        <DkimKeys domain={domain} />
        <Spf domain={domain} />
        <Dmarc outbound={outbound} />
        {outbound.detail === null ? null : <p className="text-sm text-text-2">{outbound.detail}</p>}
      </div>
    </details>
  );
}

function spfTone(result: Outbound['spf']['result']): Tone {
  if (result === 'pass') return 'good';
  return result === null ? 'hollow' : 'problem';
}

function Spf({ domain }: { readonly domain: DomainView }) {
  const { spf } = domain.outbound;
  const [first, ...more] = spf.records;
  return (
    <Block
      title={words.spf}
      state={<State tone={spfTone(spf.result)}>{words.spfResult(spf.result)}</State>}
    >
      {spf.wanted === null ? (
        first === undefined ? null : (
          <p className="font-mono text-xs break-all text-text-2">{first}</p>
        )
      ) : (
        <>
          <p className="text-text-2">
            {first === undefined ? words.spfNone : more.length > 0 ? words.spfTwo : words.spfChange}
          </p>
          <dl className="surface grid gap-x-6 gap-y-2 px-4 py-3 text-sm sm:grid-cols-[1fr_auto_auto]">
            <RecordCell label={m.domains.dialog.name} value={domain.name} copy />
            <RecordCell label={m.domains.dialog.type} value="TXT" />
            <RecordCell label={m.domains.dialog.ttl} value="3600" />
            <RecordCell label={words.spfWanted} value={spf.wanted} copy wide />
          </dl>
          {spf.records.map((record) => (
            <p key={record} className="text-sm text-text-2">
              {words.spfPresent} <span className="font-mono text-xs break-all">{record}</span>
            </p>
          ))}
        </>
      )}
      {spf.lookups > spf.lookupLimit ? (
        <Note tone="problem">{words.lookupsOver(spf.lookups, spf.lookupLimit)}</Note>
      ) : spf.lookupsClose ? (
        <Note tone="attention">{words.lookupsClose(spf.lookups, spf.lookupLimit)}</Note>
      ) : null}
    </Block>
  );
}

function Dmarc({ outbound }: { readonly outbound: Outbound }) {
  const { policy, name } = outbound.dmarc;
  return (
    <Block
      title={words.dmarc}
      state={
        <State tone={policy === null ? 'hollow' : 'neutral'}>
          {words.policy[policy ?? 'absent']}
        </State>
      }
    >
      <p className="text-text-2">
        {words.policyText[policy ?? 'absent']}
        {name === null ? null : <span className="font-mono text-xs break-all"> {name}</span>}
      </p>
    </Block>
  );
}
