import type { Overview } from '@holdfast/contracts';
import { Fragment } from 'react';
import { ledgerParts } from '../format/ledger.ts';
import { m } from '../messages/catalogue.ts';
import { AppLink } from './app-link.tsx';
import { State } from './state.tsx';

type Ledgers = Pick<Overview, 'ledger' | 'outboundLedger' | 'noticesLedger'>;

/** Three sums, since they answer three questions: what came, what people wrote, what we said ourselves. */
export function LedgerLines({ ledgers }: { readonly ledgers: Ledgers }) {
  const parts = (
    [
      ['inbound', ledgers.ledger],
      ['outbound', ledgers.outboundLedger],
      ['notices', ledgers.noticesLedger],
    ] as const
  ).flatMap(([part, ledger]) => (ledger === null ? [] : [{ part, ledger }]));
  if (parts.length === 0) return null;
  const balanced = parts.every(({ ledger }) => ledger.balanced);
  return (
    <div className="surface flex flex-wrap gap-x-6 gap-y-1 px-5 py-3">
      <State tone={balanced ? 'good' : 'problem'}>
        {balanced ? m.ledger.balanced : m.ledger.unbalanced}
      </State>
      <div className="min-w-0 flex-[1_1_280px]">
        <dl className="grid gap-x-6 gap-y-1 md:grid-cols-[auto_1fr]">
          {parts.map(({ part, ledger }) => (
            <div key={part} className="contents">
              <dt className="text-text-2">{m.ledger.part[part]}</dt>
              <dd className="num font-medium max-md:mb-1">
                <Sentence ledger={ledger} direction={part === 'inbound' ? 'inbound' : 'outbound'} />
              </dd>
            </div>
          ))}
        </dl>
        <p className="mt-1 text-sm text-text-2">
          {balanced ? m.ledger.meaning : m.ledger.unbalancedMeaning}
        </p>
      </div>
    </div>
  );
}

/** `1,204 accepted = 1,201 delivered + 3 in review + 0 lost`; what is still open leads to where it is listed. */
function Sentence({
  ledger,
  direction,
}: {
  readonly ledger: NonNullable<Ledgers['ledger']>;
  readonly direction: 'inbound' | 'outbound';
}) {
  return (
    <>
      {m.ledger.accepted(ledger.accepted)} ={' '}
      {ledgerParts(ledger, direction).map(({ text, href }, index) => (
        <Fragment key={text}>
          {index === 0 ? '' : ' + '}
          {href === null ? (
            text
          ) : (
            <AppLink href={href} className="text-link">
              {text}
            </AppLink>
          )}
        </Fragment>
      ))}
    </>
  );
}
