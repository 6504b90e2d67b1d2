import type { Ports } from '../../ports.ts';
import type { DirectoryRecord } from '../../records/people.ts';
import type { WritingSettings } from '../../records/writing.ts';
import { withMailbox, type UserActor } from '../user-access.ts';

const SECOND = 1000;

export interface WritingSettingsModel {
  /** Unit: seconds. */
  readonly undoSeconds: number;
  readonly signature: string;
  readonly signatureUsed: boolean;
  readonly suggestion: string;
  readonly ownDomains: readonly string[];
}

export async function readWritingSettings(
  ports: Ports,
  actor: UserActor,
): Promise<WritingSettingsModel> {
  return withMailbox(ports, actor, 'read', async ({ writingSettings, domains }, user) => {
    const own = await writingSettings.get(actor.userId);
    return {
      undoSeconds: own?.undoSeconds ?? ports.settings.undoSend / SECOND,
      signature: own?.signature ?? '',
      signatureUsed: own?.signatureUsed ?? false,
      suggestion: suggestedSignature(user),
      ownDomains: (await domains.list()).map(({ name }) => name),
    };
  });
}

export async function saveWritingSettings(
  ports: Ports,
  actor: UserActor,
  input: WritingSettings,
): Promise<void> {
  await withMailbox(ports, actor, 'read', ({ writingSettings }) =>
    writingSettings.save(actor.userId, {
      ...input,
      signature: input.signature.replaceAll('\r\n', '\n').trimEnd(),
    }),
  );
}

/** What the directory knows of a person that others may see; the private number is not among it. */
function suggestedSignature(user: DirectoryRecord): string {
  return [user.displayName, user.directoryPhone, user.primaryAddress]
    .filter((line) => line !== null && line !== '')
    .join('\n');
}
