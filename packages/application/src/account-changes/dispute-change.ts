import { isNotMeWord, NOT_ME_WORDS } from '@holdfast/domain';
import { refreshContactState } from '../alternate-info/change-channel.ts';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { sendInfoRequests } from '../users/send-info-requests.ts';
import { withChange, type ChangeSubject } from './find-change.ts';
import { takeBack } from './take-back.ts';

/**
 * *Not me*: the change is taken back, every session ends, unused temporary passwords die, no channel counts as proven
 * until its code is entered anew from a fresh link to the work mailbox, and the administrators are told. It gives nobody
 * anything: whoever stole the old telephone and presses it is no further than before. Harmless when repeated.
 * Refuses: `info.not-confirmed`, `info.link-invalid`.
 */
export async function disputeChange(
  ports: Ports,
  input: { readonly token: string; readonly word: string; readonly ip: string },
): Promise<ChangeSubject> {
  if (!isNotMeWord(input.word)) {
    const message = `Type ${NOT_ME_WORDS.en} to say that it was not you. Nothing was changed so far.`;
    throw new Refusal('info.not-confirmed', message, { word: message });
  }
  return withChange(ports, input.token, async (subject, r) => {
    const { change, organisation, user } = subject;
    if (change.disputedAt !== null) return subject;
    const at = ports.clock.now();
    await r.accountChanges.saveDispute(change.id, at);
    await takeBack(r, { userId: user.id, change: change.change, at });
    await r.accounts.revokePortalSessions(user.id);
    await r.events.revokeCredentialsOf(user.id, at);
    await r.drills.revokePasswordsOf(user.id, at);
    await r.infoRequests.revokeOf(user.id, at);
    if (user.protected && user.removedAt === null)
      await sendInfoRequests(ports, r, organisation.id, [user]);
    await refreshContactState(r, user.id);
    await r.audit.append({
      at,
      actor: `link:${user.primaryAddress}`,
      action: 'account.change-disputed',
      subject: user.primaryAddress,
      details: { change: change.change.kind, changedAt: new Date(change.at).toISOString() },
      ip: input.ip,
    });
    await r.jobs.send({
      name: 'account.tell-dispute',
      payload: { organisationId: organisation.id, changeId: change.id },
      id: `account.tell-dispute:${change.id}`,
      startAfter: null,
    });
    return { ...subject, change: { ...change, disputedAt: at } };
  });
}
