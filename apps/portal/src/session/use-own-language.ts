import type { PortalState } from '@holdfast/contracts';
import { useEffect } from 'react';
import { page } from '../messages/en/page.ts';

/** What this tab was already loaded anew for: a browser that keeps no cookie must not go round in circles. */
const TRIED = 'holdfast-language-tried';

let isDrawn = false;

/**
 * True while the page goes away to come back in the language that its user has chosen elsewhere. Only before anything of
 * theirs is on the screen: a page must not change under the hands that write in it.
 */
export function useOwnLanguage(state: PortalState | undefined): boolean {
  const wanted = state?.user == null ? null : state.language;
  const leaves = !isDrawn && wanted !== null && wanted !== page.language && read(TRIED) !== wanted;
  useEffect(() => {
    if (state?.user == null) return;
    if (!leaves) {
      isDrawn = true;
    } else if (keep(TRIED, wanted ?? '')) {
      location.reload();
    }
  });
  return leaves;
}

function read(name: string): string | null {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

function keep(name: string, value: string): boolean {
  try {
    sessionStorage.setItem(name, value);
    return true;
  } catch {
    return false;
  }
}
