import { useEffect, useRef, type ReactNode } from 'react';
import { m } from '../../messages/catalogue.ts';
import { Button } from '../../ui/button.tsx';

/** One step: what it is about, its content, back and on. */
export function StepBody({
  title,
  text,
  back,
  next,
  children,
}: {
  readonly title: string;
  readonly text?: string;
  readonly back?: () => void;
  readonly next?: { readonly ready: boolean; readonly hint?: string; readonly go: () => void };
  readonly children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <section aria-label={title} className="min-w-0">
      <h2 ref={heading} tabIndex={-1} className="outline-none">
        {title}
      </h2>
      {text === undefined ? null : <p className="mt-1 max-w-[66ch] text-text-2">{text}</p>}
      <div className="mt-4">{children}</div>
      <div className="mt-6 flex flex-wrap items-center gap-2">
        {back === undefined ? null : <Button onClick={back}>{m.back}</Button>}
        {next === undefined ? null : (
          <>
            <Button look="primary" disabled={!next.ready} onClick={next.go}>
              {m.next}
            </Button>
            {next.ready || next.hint === undefined ? null : (
              <span className="text-text-2">{next.hint}</span>
            )}
          </>
        )}
      </div>
    </section>
  );
}
