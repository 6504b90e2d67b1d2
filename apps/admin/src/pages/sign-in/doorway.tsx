import type { ReactNode } from 'react';
import { m } from '../../messages/catalogue.ts';
import { Icon } from '../../ui/icon.tsx';
import { useDocumentTitle } from '../../ui/page.tsx';

/** The pages before the frame: the mark, a title, one form. */
export function Doorway({
  title,
  text,
  children,
}: {
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}) {
  useDocumentTitle(title);
  return (
    <main className="mx-auto w-full max-w-[392px] px-4 pt-[12dvh] pb-16">
      <div className="mb-8 flex items-center gap-2.5 text-lg font-semibold">
        <span className="text-accent">
          <Icon name="mark" size={26} />
        </span>
        {m.product}
      </div>
      <h1>{title}</h1>
      <p className="mt-1 mb-6 text-text-2">{text}</p>
      {children}
    </main>
  );
}
