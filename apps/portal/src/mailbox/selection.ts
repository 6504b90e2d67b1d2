import { useMemo, useState } from 'react';

/** Which rows something is about to be done to. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** Rows have their boxes, and a tap ticks instead of opening. */
  readonly isOn: boolean;
  readonly set: (ids: ReadonlySet<string>) => void;
  readonly begin: () => void;
  readonly end: () => void;
}

const NONE: ReadonlySet<string> = new Set();

export function useSelection(): Selection {
  const [state, setState] = useState({ ids: NONE, isOn: false });
  return useMemo(
    () => ({
      ...state,
      set: (ids) => setState({ ids, isOn: true }),
      begin: () => setState({ ids: NONE, isOn: true }),
      end: () => setState({ ids: NONE, isOn: false }),
    }),
    [state],
  );
}
