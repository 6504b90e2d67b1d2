import type { PortalState } from '@holdfast/contracts';

/** To write and to send: in a drill as well, where nothing leaves. Real mail is changed in an event alone. */
export function mayWrite({ access }: Pick<PortalState, 'access'>): boolean {
  return access === 'open' || access === 'drill';
}
