import type { PushTag } from '../service-worker/names.ts';

const TAG: PushTag = 'holdfast';

/** Whoever looks at the mailbox needs no notification that asks them to. */
export async function clearNotices(): Promise<void> {
  if (!('serviceWorker' in navigator) || !document.hasFocus()) return;
  try {
    const registration = await navigator.serviceWorker.getRegistration();
    const shown = (await registration?.getNotifications({ tag: TAG })) ?? [];
    for (const notification of shown) notification.close();
  } catch {
    // A browser without them has shown none.
  }
}
