import { lazy, useState } from 'react';
import type { Draft } from '../drafts/draft.ts';
import { composer as words } from '../messages/en/composer.ts';
import { LazyPart } from '../parts/lazy-part.tsx';
import { Skeleton } from '../parts/waiting.tsx';
import { quotedBelow, withHtml, withoutQuotation } from './rich/forms-of-text.ts';

const RichText = lazy(() =>
  import('./rich/rich-text.tsx').then((module) => ({ default: module.RichText })),
);

interface BodyProps {
  readonly draft: Draft;
  readonly latest: () => Draft;
  readonly takesFocus: boolean;
  readonly onChange: (part: Partial<Draft>) => void;
}

/** What is written: plain, or with formatting and what is quoted below it. */
export function MessageBody({ draft, latest, takesFocus, onChange }: BodyProps) {
  const { html } = draft;
  if (typeof html !== 'string')
    return (
      <textarea
        aria-label={words.text}
        dir="auto"
        value={draft.text}
        onInput={(event) => onChange({ text: event.currentTarget.value })}
      />
    );
  return (
    <>
      <LazyPart fallback={<Skeleton rows={3} label={words.loadingFormatting} />}>
        <RichText
          html={html}
          label={words.text}
          takesFocus={takesFocus}
          onChange={(written) => onChange(withHtml(latest(), written))}
        />
      </LazyPart>
      <Quotation draft={draft} onChange={onChange} />
    </>
  );
}

/** The message that goes along below: folded, to be looked at and to be left out. */
function Quotation({ draft, onChange }: Pick<BodyProps, 'draft' | 'onChange'>) {
  // To be put in again as long as the composer is open.
  const [leftOut, setLeftOut] = useState<string | null>(null);
  const { about, text } = draft;
  const isIn = about?.quote === true;
  if (about === null || (!isIn && leftOut === null)) return null;
  const toggle = (): void => {
    if (isIn) {
      const without = withoutQuotation(draft);
      setLeftOut(quotedBelow(draft));
      onChange({ text: without.text, about: without.about });
    } else onChange({ text: `${text}${leftOut ?? ''}`, about: { ...about, quote: true } });
  };
  return (
    <div className="quoted-below">
      <label className="switch">
        <input type="checkbox" checked={isIn} onChange={toggle} />
        {words.quote}
      </label>
      {isIn && (
        <details>
          <summary>{words.quoted}</summary>
          <p className="hint">{words.quotedHint}</p>
          <div className="words" dir="auto">
            {shownQuotation(draft)}
          </div>
        </details>
      )}
    </div>
  );
}

/** Its line at the side stands for the marks of the first level. */
function shownQuotation(draft: Draft): string {
  const below = quotedBelow(draft).trim();
  return draft.about?.mode === 'reply' ? below.replace(/^> ?/gm, '') : below;
}
