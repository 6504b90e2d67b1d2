import { useEffect, useState } from 'react';
import { m } from '../messages/catalogue.ts';
import { Icon } from './icon.tsx';

/** How long the button says that it copied. Unit: ms. */
const SAID_FOR = 2_000;

export function CopyButton({
  value,
  label = m.domains.dialog.copyValue(value),
}: {
  readonly value: string;
  /** What a screen reader says; the value itself unless told. */
  readonly label?: string;
}) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), SAID_FOR);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
  };
  return (
    <button
      type="button"
      aria-label={label}
      className="inline-flex min-h-[30px] items-center gap-1.5 rounded-control px-2 text-sm text-text-2 hover:bg-hover hover:text-text"
      onClick={() => void copy()}
    >
      <Icon name={copied ? 'check' : 'copy'} size={16} />
      <span aria-live="polite">{copied ? m.copied : m.copy}</span>
    </button>
  );
}
