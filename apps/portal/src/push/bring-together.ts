import type { PushKeyView } from '@holdfast/contracts';

/** What a browser holds: its `PushSubscription`, as far as it matters here. */
interface HeldSubscription {
  readonly endpoint: string;
  readonly options: { readonly applicationServerKey: ArrayBuffer | null };
  unsubscribe(): Promise<unknown>;
}

export interface PushBrowser {
  getSubscription(): Promise<HeldSubscription | null>;
  subscribe(options: {
    readonly userVisibleOnly: true;
    readonly applicationServerKey: string;
  }): Promise<HeldSubscription>;
}

export interface PushServer {
  key(): Promise<PushKeyView>;
  subscribe(endpoint: string): Promise<unknown>;
}

/** Brings browser and server together: one subscription, made for this server's key, known to this session. */
export async function bringTogether(browser: PushBrowser, server: PushServer): Promise<void> {
  const { publicKey, endpoint } = await server.key();
  let held = await browser.getSubscription();
  // Made for another key (another server, a database restored without its keys): nothing would ever come.
  if (held !== null && keyOf(held) !== publicKey) {
    await held.unsubscribe();
    held = null;
  }
  held ??= await browser.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
  if (held.endpoint !== endpoint) await server.subscribe(held.endpoint);
}

function keyOf({ options }: HeldSubscription): string {
  const bytes = new Uint8Array(options.applicationServerKey ?? new ArrayBuffer(0));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
