import type { HelpdeskView, PortalState } from '@holdfast/contracts';

const KEY = 'holdfast.helpdesk';

/** Kept once somebody was signed in, so that it can be called where there is no connection, or no session any more. */
export function keepHelpdesk(state: PortalState | undefined): void {
  if (state === undefined || state.user === null) return;
  try {
    if (state.helpdeskContact === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify(state.helpdeskContact));
  } catch {
    // A browser that keeps nothing: it is shown while there is a connection.
  }
}

/** What was known here last; null when nothing. Written by us alone, so that its shape is known. */
export function keptHelpdesk(): HelpdeskView | null {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? 'null') as HelpdeskView | null;
  } catch {
    return null;
  }
}
