import { portal } from '../api.ts';
import { platformOf } from '../account/platform.ts';
import { bringTogether } from './bring-together.ts';
import { pushStanding, type PushStanding, type SeenBrowser } from './push-standing.ts';

export function permissionNow(): SeenBrowser['permission'] {
  return 'Notification' in window ? Notification.permission : null;
}

export async function standingNow(): Promise<PushStanding> {
  const subscription = await currentSubscription();
  return pushStanding({
    hasPush: 'serviceWorker' in navigator && 'PushManager' in window,
    permission: permissionNow(),
    platform: platformOf(navigator),
    isInstalled: matchMedia('(display-mode: standalone)').matches,
    isSubscribed: subscription !== null,
  });
}

/** Does not wait for a service worker that never comes, as on plain HTTP. */
async function currentSubscription(): Promise<PushSubscription | null> {
  if (!('serviceWorker' in navigator) || !('PushManager' in window)) return null;
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription()) ?? null;
}

/** A service worker that is not there by now will not come: the browser has refused it. Unit: ms. */
const WORKER_WITHIN = 15_000;

function workerIsReady(): Promise<ServiceWorkerRegistration> {
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new DOMException('no service worker', 'TimeoutError')), WORKER_WITHIN);
  });
  return Promise.race([navigator.serviceWorker.ready, late]);
}

export async function subscribe(): Promise<void> {
  const { pushManager } = await workerIsReady();
  await bringTogether(pushManager, {
    key: () => portal.push.key.query(),
    subscribe: (endpoint) => portal.push.subscribe.mutate({ endpoint }),
  });
}

/** In the browser alone: what the server knew of it went with the session, or goes when it is told so. */
export async function letGo(): Promise<void> {
  const subscription = await currentSubscription();
  await subscription?.unsubscribe();
}
