/** A newer version of the page lies on this device and waits to be asked for; what does so. Null: none. */
let take: (() => void) | null = null;

export function setNewerPage(ask: () => void): void {
  take = ask;
}

export function newerPage(): (() => void) | null {
  return take;
}
