import { offline as words } from '../messages/en/offline.ts';
import { showSnack } from '../parts/snackbar.tsx';
import type { TakeOver } from '../service-worker/names.ts';

const TAKE_OVER: TakeOver = 'take-over';

/** A page that stays open for days asks this often whether there is a newer one. Unit: ms. */
const ASK_EVERY = 60 * 60_000;

/** Keeps the page itself on this device, so that it opens without a connection; absent on plain HTTP. */
export async function keepPage(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  // Nothing newer has to be said to somebody who has just opened it for the first time.
  const kept = navigator.serviceWorker.controller;
  const isFirst = kept === null;
  // Its reader has chosen another language: this page is of the newer worker already.
  const isOther = kept !== null && !kept.scriptURL.endsWith(__SERVICE_WORKER__);
  try {
    const registration = await navigator.serviceWorker.register(__SERVICE_WORKER__);
    registration.addEventListener('updatefound', () => {
      const { installing } = registration;
      installing?.addEventListener('statechange', () => {
        if (installing.state !== 'installed') return;
        if (isOther) installing.postMessage(TAKE_OVER);
        else if (!isFirst) offerNewer(installing);
      });
    });
    if (registration.waiting !== null && !isFirst) offerNewer(registration.waiting);
    setInterval(() => void registration.update().catch(() => undefined), ASK_EVERY);
  } catch {
    // Refused in private windows of some browsers: the portal works as before, with a connection.
  }
}

/** What is being written is on the disk with every change, so a reload loses nothing; and it waits to be asked for. */
function offerNewer(worker: ServiceWorker): void {
  showSnack({
    text: words.newer,
    shownFor: ASK_EVERY,
    action: {
      label: words.reload,
      run: () => {
        navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), {
          once: true,
        });
        worker.postMessage(TAKE_OVER);
      },
    },
  });
}
