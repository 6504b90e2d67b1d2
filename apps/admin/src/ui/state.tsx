import type { ReactNode } from 'react';

export type Tone = 'good' | 'good-weak' | 'attention' | 'problem' | 'neutral' | 'hollow';

const DOT: Readonly<Record<Tone, string>> = {
  good: 'bg-good',
  'good-weak': 'bg-good opacity-55',
  attention: 'bg-attention',
  problem: 'bg-problem',
  neutral: 'bg-text-3',
  hollow: 'border-[1.5px] border-text-3',
};

export function Dot({ tone }: { readonly tone: Tone }) {
  return (
    <i aria-hidden="true" className={`inline-block size-2 flex-none rounded-full ${DOT[tone]}`} />
  );
}

/** A state is a dot and a word, never colour alone. */
export function State({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span className="inline-flex items-center gap-2 self-start">
      <Dot tone={tone} />
      <span>{children}</span>
    </span>
  );
}
