import { useEffect, useState } from 'react';
import { Icon } from './icon.tsx';

/** Typing settles this long before the server is asked. Unit: ms. */
const SETTLE = 200;

/** The filter of a list: `/` goes to it, and what is typed is asked for once it settles. */
export function SearchBox({
  label,
  stored,
  onSearch,
}: {
  readonly label: string;
  readonly stored: string;
  readonly onSearch: (typed: string) => void;
}) {
  const [typed, setTyped] = useState(stored);
  useEffect(() => setTyped(stored), [stored]);
  useEffect(() => {
    if (typed === stored) return undefined;
    const timer = setTimeout(() => onSearch(typed), SETTLE);
    return () => clearTimeout(timer);
    // Only what was typed starts the clock; a new filter beside it must not start it again.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [typed]);
  return (
    <label className="relative flex min-w-0 flex-[1_1_260px] items-center text-text-2">
      <span className="pointer-events-none absolute left-2.5">
        <Icon name="search" />
      </span>
      <input
        type="search"
        data-list-filter
        aria-label={label}
        placeholder={label}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        className="input pr-9 pl-9 max-md:min-h-10"
      />
      <kbd
        aria-hidden="true"
        className="pointer-events-none absolute right-2.5 rounded-[4px] border border-line px-1.5 font-mono text-xs max-md:hidden"
      >
        /
      </kbd>
    </label>
  );
}
