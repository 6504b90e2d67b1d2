import type { DirectoryFact, PageReceiver, TenantCredentials } from '@holdfast/application';
import { graphFailure, parseJson } from '../http/failure.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import * as graphSchema from '../graph/graph-schemas.ts';
import type { TenantAdapterSettings } from '../http/options.ts';
import { kindOfPurpose } from './tenant-objects.ts';

/** Graph's largest batch; more would not be faster, since Outlook takes four at a time (reference 2.6). */
const ASKED_AT_ONCE = 20;

/**
 * What each mailbox is for. One whose store does not answer is left out and asked about at the next run. False when
 * nobody may be asked about.
 */
export async function readPurposes(
  graph: GraphClient,
  settings: TenantAdapterSettings,
  credentials: TenantCredentials,
  userIds: readonly string[],
  receive: PageReceiver,
): Promise<boolean> {
  for (let start = 0; start < userIds.length; start += ASKED_AT_ONCE) {
    const ids = userIds.slice(start, start + ASKED_AT_ONCE);
    const answers = await graph.batchGet(
      credentials,
      ids.map((id) => `/users/${encodeURIComponent(id)}/mailboxSettings?$select=userPurpose`),
    );
    if (answers.every(({ status }) => status === 403)) return false;
    const at = settings.clock.now();
    const facts = answers.flatMap((answer, position): readonly DirectoryFact[] => {
      const externalId = ids[position];
      if (externalId === undefined) return [];
      // 404 MailboxNotEnabledForRESTAPI: no plan, or a mailbox that is not in the cloud.
      if (answer.status === 404) {
        return [{ fact: 'purpose', externalId, kind: 'user', hasMailbox: false, at }];
      }
      if (answer.status === 403 || answer.status >= 500 || answer.status === 429) return [];
      if (answer.status !== 200) throw graphFailure(answer);
      const read = graphSchema.mailboxSettings.safeParse(parseJson(answer.text));
      const kind = kindOfPurpose(read.data?.userPurpose ?? '');
      return read.success ? [{ fact: 'purpose', externalId, kind, hasMailbox: true, at }] : [];
    });
    await receive(facts);
  }
  return true;
}
