import { draftsWritten } from '../drafts/draft-store.ts';
import { offline as words } from '../messages/en/offline.ts';
import { showSnack } from '../parts/snackbar.tsx';
import type { AskForFiles, TakeOver } from '../service-worker/names.ts';
import { setNewerPage } from './newer-page.ts';

const TAKE_OVER: TakeOver = 'take-over';
const ASK_FOR_FILES: AskForFiles = 'files';

/** A page that stays open for days asks this often whether there is a newer one. Unit: ms. */
const ASK_EVERY = 60 * 60_000;
/** A worker that does not answer, or does not take over, is not waited for. Unit: ms. */
const PATIENCE = 4_000;

/** Keeps the page itself on this device, so that it opens without a connection; absent on plain HTTP. */
export async function keepPage(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  try {
    const registration = await navigator.serviceWorker.register(__SERVICE_WORKER__);
    registration.addEventListener('updatefound', () => {
      const { installing } = registration;
      installing?.addEventListener('statechange', () => {
        if (installing.state === 'installed') void settle(registration, installing);
      });
    });
    if (registration.waiting !== null) void settle(registration, registration.waiting);
    setInterval(() => void registration.update().catch(() => undefined), ASK_EVERY);
  } catch {
    // Refused in private windows of some browsers: the portal works as before, with a connection.
  }
}

/** What to do about a worker that waits. The very first one does not. */
async function settle(
  { active }: ServiceWorkerRegistration,
  waiting: ServiceWorker,
): Promise<void> {
  if (active === null) return;
  const files = await filesOf(waiting);
  // This page came over the network and is of that version, or of that language, already: nothing changes under it.
  if (ownFiles().every((file) => files.includes(file))) waiting.postMessage(TAKE_OVER);
  else offer(waiting);
}

/** The hashed files that this page is made of: their names say its version. */
function ownFiles(): readonly string[] {
  const named = document.querySelectorAll<HTMLScriptElement | HTMLLinkElement>(
    'script[src], link[rel=stylesheet]',
  );
  return [...named].map((each) => new URL('src' in each ? each.src : each.href).pathname);
}

function filesOf(worker: ServiceWorker): Promise<readonly unknown[]> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve([]), PATIENCE);
    port1.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      clearTimeout(timer);
      resolve(Array.isArray(data) ? data : []);
    });
    port1.start();
    worker.postMessage(ASK_FOR_FILES, [port2]);
  });
}

/** Said once; whoever does not want it now finds it above the list. */
function offer(worker: ServiceWorker): void {
  const take = (): void => void reloadInto(worker);
  setNewerPage(take);
  showSnack({
    text: words.newer,
    shownFor: ASK_EVERY,
    action: { label: words.reload, run: take },
  });
}

async function reloadInto(worker: ServiceWorker): Promise<void> {
  await draftsWritten();
  // Another tab was faster: it is in charge already, or a still newer one is.
  if (worker.state !== 'installed') return location.reload();
  const reload = (): void => location.reload();
  navigator.serviceWorker.addEventListener('controllerchange', reload, { once: true });
  setTimeout(reload, PATIENCE);
  worker.postMessage(TAKE_OVER);
}
