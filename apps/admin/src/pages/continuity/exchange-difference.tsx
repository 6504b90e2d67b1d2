import type { ExchangeView } from '@holdfast/contracts';
import { m } from '../../messages/catalogue.ts';
import { State } from '../../ui/state.tsx';

const words = m.exchange;

/** What would be changed, in words and as cmdlets, and what only a person can decide. */
export function ExchangeDifference({ view }: { readonly view: ExchangeView }) {
  const isQuiet = view.steps.length === 0 && view.findings.length === 0;
  return (
    <ul className="surface divide-y divide-line">
      {view.findings.map((finding) => (
        <li key={finding.title} className="grid gap-x-6 gap-y-1 px-5 py-3 sm:grid-cols-[130px_1fr]">
          <State tone={finding.level === 'blocks' ? 'problem' : 'attention'}>
            {finding.level === 'blocks' ? words.blocks : words.warns}
          </State>
          <div className="min-w-0">
            <p className="font-medium break-words">{finding.title}</p>
            <p className="max-w-[70ch] text-text-2">{finding.detail}</p>
          </div>
        </li>
      ))}
      {view.steps.map((step) => (
        <li key={step.title} className="px-5 py-3">
          <p className="font-medium break-words">{step.title}</p>
          <p className="max-w-[70ch] text-text-2">{step.detail}</p>
          <details className="mt-1">
            <summary className="cursor-pointer text-sm text-text-2">
              {words.cmdlets(step.cmdlets.length)}
            </summary>
            <pre
              tabIndex={0}
              className="mt-1 overflow-x-auto rounded-control bg-sunken px-3 py-2 font-mono text-xs whitespace-pre-wrap break-words"
            >
              {step.cmdlets.join('\n')}
            </pre>
          </details>
        </li>
      ))}
      {isQuiet ? (
        <li className="px-5 py-3 text-text-2">
          {view.failure === null ? words.nothingToChange : words.nothingReadable}
        </li>
      ) : null}
    </ul>
  );
}
