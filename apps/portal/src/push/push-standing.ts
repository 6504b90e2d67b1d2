/** What can be said of push on this device, and done about it. */
export type PushStanding =
  | 'on'
  | 'off'
  /** Refused in the browser's settings: a page cannot ask again. */
  | 'denied'
  /** iOS gives push to pages on the home screen only (WebKit, since 16.4). */
  | 'needs-home-screen'
  | 'unsupported';

export interface SeenBrowser {
  readonly hasPush: boolean;
  /** Null where there are no notifications. */
  readonly permission: 'default' | 'granted' | 'denied' | null;
  readonly platform: 'ios' | 'android' | 'other';
  /** Opened from the home screen. */
  readonly isInstalled: boolean;
  readonly isSubscribed: boolean;
}

export function pushStanding(browser: SeenBrowser): PushStanding {
  const { hasPush, permission, platform, isInstalled, isSubscribed } = browser;
  if (!hasPush || permission === null)
    return platform === 'ios' && !isInstalled ? 'needs-home-screen' : 'unsupported';
  if (permission === 'denied') return 'denied';
  return isSubscribed && permission === 'granted' ? 'on' : 'off';
}

export interface PushWish {
  /** Who is signed in, in an emergency mailbox that can be read; null: nobody. */
  readonly user: string | null;
  /** They said on this device that they want to be told. */
  readonly wants: boolean;
  readonly permission: SeenBrowser['permission'];
}

/** What the browser's subscription should be: somebody's who wants it, else none. */
export function shouldBeSubscribed({ user, wants, permission }: PushWish): boolean {
  return user !== null && wants && permission === 'granted';
}
