/// <reference lib="dom" />
/// <reference lib="webworker" />
import type { CDPSession, Worker } from 'playwright-core';
import type { Visitor } from './browser.ts';
import { waitFor } from './wait-for.ts';

/** What lies in the notifications of the phone. */
export interface Notice {
  readonly title: string;
  readonly body: string;
}

/**
 * A phone whose browser subscribes at the simulated push service. Chromium knows its maker's alone, which no test can
 * reach: so the page's subscription is a stand-in, and a message is handed to the real service worker by the debugger.
 * Everything between is real.
 */
export class PushPhone {
  readonly visitor: Visitor;
  readonly #session: CDPSession;
  readonly #registrations = new Set<string>();

  private constructor(visitor: Visitor, session: CDPSession) {
    this.visitor = visitor;
    this.#session = session;
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      for (const { registrationId, isDeleted } of registrations)
        if (!isDeleted) this.#registrations.add(registrationId);
    });
  }

  /** Before the visitor's first page. `endpoint`: where its push service would take messages for it. */
  static async make(visitor: Visitor, origin: string, endpoint: string): Promise<PushPhone> {
    const context = visitor.page.context();
    await context.grantPermissions(['notifications'], { origin });
    await context.addInitScript(standIn, endpoint);
    const session = await context.newCDPSession(visitor.page);
    const phone = new PushPhone(visitor, session);
    await session.send('ServiceWorker.enable');
    return phone;
  }

  /** A push message without a content, as the push service would hand it over. */
  async receive(): Promise<void> {
    const registrationId = await waitFor('a registered service worker', () =>
      Promise.resolve([...this.#registrations].at(-1)),
    );
    const origin = new URL((await this.#worker()).url()).origin;
    await this.#session.send('ServiceWorker.deliverPushMessage', {
      origin,
      registrationId,
      data: '',
    });
  }

  async notices(): Promise<readonly Notice[]> {
    const worker = await this.#worker();
    return worker.evaluate(async () => {
      const scope = globalThis as unknown as ServiceWorkerGlobalScope;
      const shown = await scope.registration.getNotifications();
      return shown.map(({ title, body }) => ({ title, body }));
    });
  }

  /**
   * What the worker asks of the browser when the notification is tapped: only a hand on the phone lets it do so, and no
   * program has one. `open /`, or `focus` and the page.
   */
  async tap(): Promise<readonly string[]> {
    const worker = await this.#worker();
    return worker.evaluate(async () => {
      const scope = globalThis as unknown as ServiceWorkerGlobalScope;
      const asked: string[] = [];
      const [notification] = await scope.registration.getNotifications();
      if (notification === undefined) return ['nothing to tap'];
      scope.clients.openWindow = (url) => {
        asked.push(`open ${String(url)}`);
        return Promise.resolve(null);
      };
      WindowClient.prototype.focus = function focus(this: WindowClient) {
        asked.push(`focus ${new URL(this.url).pathname}`);
        return Promise.resolve(this);
      };
      scope.dispatchEvent(new NotificationEvent('notificationclick', { notification }));
      while (asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      return asked;
    });
  }

  async #worker(): Promise<Worker> {
    return waitFor('the service worker', () =>
      Promise.resolve(this.visitor.page.context().serviceWorkers().at(-1)),
    );
  }
}

/** Runs in the page, in the place of the browser's own subscription; remembered as a browser does. */
function standIn(endpoint: string): void {
  const KEPT = 'test.push-key';
  const held = (key: string) => ({
    endpoint,
    options: {
      applicationServerKey: Uint8Array.from(
        atob(key.replaceAll('-', '+').replaceAll('_', '/')),
        (letter) => letter.charCodeAt(0),
      ).buffer,
    },
    unsubscribe: () => {
      localStorage.removeItem(KEPT);
      return Promise.resolve(true);
    },
  });
  const manager = {
    getSubscription: () => {
      const key = localStorage.getItem(KEPT);
      return Promise.resolve(key === null ? null : held(key));
    },
    subscribe: ({ applicationServerKey }: { readonly applicationServerKey: string }) => {
      localStorage.setItem(KEPT, applicationServerKey);
      return Promise.resolve(held(applicationServerKey));
    },
  };
  Object.defineProperty(ServiceWorkerRegistration.prototype, 'pushManager', { get: () => manager });
}
