import type { Language } from '@holdfast/domain';
import type { UserActor } from '../mailbox/user-access.ts';
import type { Ports } from '../ports.ts';

/** What the user's pages and notices are written in from now on. */
export async function chooseLanguage(
  ports: Ports,
  actor: UserActor,
  input: { readonly language: Language },
): Promise<void> {
  const { language } = input;
  await ports.database.withinOrganisation(actor.organisationId, async ({ audit, directory }) => {
    await directory.saveLanguage(actor.userId, language);
    await audit.append({
      at: ports.clock.now(),
      actor: `user:${actor.userId}`,
      action: 'user.language-chosen',
      subject: actor.userId,
      details: { language },
      ip: actor.ip,
    });
  });
}
