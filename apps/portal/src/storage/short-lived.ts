import { platformOf } from '../account/platform.ts';

/**
 * Whether the browser removes what pages keep after seven days without a visit: all of WebKit does, outside the home screen
 * (its Intelligent Tracking Prevention, since iOS 13.4).
 */
export function isShortLivedHere(): boolean {
  return platformOf(navigator) === 'ios' && !matchMedia('(display-mode: standalone)').matches;
}
