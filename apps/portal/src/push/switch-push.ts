import { portal } from '../api.ts';
import { saveAnswer } from './push-answer.ts';
import { letGo, standingNow, subscribe } from './subscription.ts';
import type { PushStanding } from './push-standing.ts';

/**
 * Asks the browser, and so its user: Safari lets a page ask only in the turn of a tap, which is why this comes before
 * anything that takes time. Throws what the server or the browser's push service refuse with.
 */
export async function switchOn(user: string): Promise<PushStanding> {
  const permission = await Notification.requestPermission();
  if (permission === 'granted') {
    await subscribe();
    saveAnswer(user, 'yes');
  }
  return standingNow();
}

export async function switchOff(user: string): Promise<PushStanding> {
  saveAnswer(user, 'no');
  await letGo();
  await portal.push.unsubscribe.mutate();
  return standingNow();
}
