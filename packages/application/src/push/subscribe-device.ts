import { MAX_PUSH_DEVICES, readPushEndpoint } from '@holdfast/domain';
import { auditEntry } from '../audit-entry.ts';
import { standingOf } from '../drills/open-drill.ts';
import { withMailbox, type UserActor } from '../mailbox/user-access.ts';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { refuseWithoutPush } from './push-keys.ts';

/**
 * From now on this device is told of news, as long as its session lasts and the mailbox is there. Again with the same
 * endpoint it changes nothing. Refuses: `push.unavailable`, `push.endpoint-refused`, `mailbox.closed`.
 */
export async function subscribeDevice(
  ports: Ports,
  actor: UserActor,
  input: { readonly endpoint: string },
): Promise<void> {
  refuseWithoutPush(ports);
  const read = readPushEndpoint(input.endpoint, ports.settings.pushTrustedOrigin);
  if (read === null) {
    throw new Refusal(
      'push.endpoint-refused',
      'Your browser names a push service that we do not send to. New mail is shown when you open the mailbox.',
    );
  }
  await withMailbox(ports, actor, 'read', async (repositories) => {
    const { push, audit } = repositories;
    const { sessionId, userId } = actor;
    const known = await push.find(sessionId);
    if (known?.endpoint === read.endpoint) return;
    const now = ports.clock.now();
    const { access } = await standingOf(ports, repositories, userId);
    if (access === 'drill') {
      throw new Refusal(
        'mailbox.drill',
        'This is a drill: your mail comes to Outlook as always, and devices are told of none here.',
      );
    }
    const { endpoint, origin } = read;
    const subscription = { sessionId, userId, endpoint, madeAt: now, access, toldUntil: now };
    if (!(await push.save(subscription, MAX_PUSH_DEVICES, now)))
      throw new Refusal('session.required', 'Sign in to go on.');
    // The endpoint itself is the device's secret.
    await audit.append(auditEntry(ports, actor, 'push.subscribed', userId, { service: origin }));
  });
}
