/** Hold to confirm as a machine of its own, so that pointer, keyboard and clock agree. Unit of every time: ms. */
export const HOLD_FOR = 1_500;

export type Hold =
  | { readonly phase: 'idle' }
  | { readonly phase: 'holding'; readonly since: number }
  | { readonly phase: 'confirmed' };

export type HoldInput =
  | { readonly type: 'press'; readonly at: number }
  | { readonly type: 'release' }
  | { readonly type: 'tick'; readonly at: number }
  | { readonly type: 'reset' };

export const IDLE: Hold = { phase: 'idle' };

export function hold(state: Hold, input: HoldInput): Hold {
  switch (input.type) {
    case 'press':
      return state.phase === 'idle' ? { phase: 'holding', since: input.at } : state;
    case 'release':
      return state.phase === 'holding' ? IDLE : state;
    case 'tick':
      return state.phase === 'holding' && input.at - state.since >= HOLD_FOR
        ? { phase: 'confirmed' }
        : state;
    case 'reset':
      return IDLE;
  }
}

/** 0 to 1. */
export function heldShare(state: Hold, now: number): number {
  switch (state.phase) {
    case 'idle':
      return 0;
    case 'holding':
      return Math.min(1, Math.max(0, (now - state.since) / HOLD_FOR));
    case 'confirmed':
      return 1;
  }
}
