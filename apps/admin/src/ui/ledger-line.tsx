import type { Overview } from '@holdfast/contracts';
import { ledgerSentence } from '../format/ledger.ts';
import { m } from '../messages/catalogue.ts';
import { State } from './state.tsx';

export function LedgerLine({ ledger }: { readonly ledger: NonNullable<Overview['ledger']> }) {
  return (
    <div className="surface flex flex-wrap items-center gap-x-6 gap-y-1 px-5 py-3">
      <State tone={ledger.balanced ? 'good' : 'problem'}>
        {ledger.balanced ? m.ledger.balanced : m.ledger.unbalanced}
      </State>
      <div className="min-w-0 flex-[1_1_280px]">
        <p className="num font-medium">{ledgerSentence(ledger)}</p>
        <p className="text-sm text-text-2">
          {ledger.balanced ? m.ledger.meaning : m.ledger.unbalancedMeaning}
        </p>
      </div>
    </div>
  );
}
