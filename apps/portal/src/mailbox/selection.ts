import { useMemo, useState } from 'react';

type Ids = ReadonlySet<string>;

/** Which rows something is about to be done to. */
export interface Selection {
  readonly ids: Ids;
  /** Rows have their boxes, and a tap ticks instead of opening. */
  readonly isOn: boolean;
  /** From what is selected by then: of two taps right after each other the second must not undo the first. */
  readonly change: (change: (ids: Ids) => Ids) => void;
  readonly begin: () => void;
  readonly end: () => void;
}

const NONE: Ids = new Set();

export function useSelection(): Selection {
  const [state, setState] = useState({ ids: NONE, isOn: false });
  return useMemo(
    () => ({
      ...state,
      change: (change) => setState(({ ids }) => ({ ids: change(ids), isOn: true })),
      begin: () => setState({ ids: NONE, isOn: true }),
      end: () => setState({ ids: NONE, isOn: false }),
    }),
    [state],
  );
}
