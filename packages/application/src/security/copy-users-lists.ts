import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import { beginUserCopy } from '../installation/copy-user-lists.ts';
import { connectionMissing } from '../organisations/open-credentials.ts';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { readListCopy, type ListCopyReading } from './read-list-copy.ts';

/**
 * Reads the junk settings of protected users whose mailbox was not read yet: those protected since, or all of them once
 * the permission is given. Refuses: `connection.missing`, `lists.copy-missing` before the organisation's own copy.
 */
export async function requestUserCopy(ports: Ports, actor: Actor): Promise<ListCopyReading> {
  await ports.database.withinOrganisation(actor.organisationId, async (r) => {
    if ((await r.connection.get()) === null) throw connectionMissing();
    if ((await r.listCopies.get()) === null)
      throw new Refusal(
        'lists.copy-missing',
        'Nothing was copied from Office 365 yet. It happens at installation; what is missing for it can be tried again there.',
      );
    await beginUserCopy(ports, r, actor.organisationId);
    await r.audit.append(auditEntry(ports, actor, 'lists.user-copy-requested', 'junk settings'));
  });
  return readListCopy(ports, actor);
}
