import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { MessageErasure } from '../ports/message-erasure.ts';
import { MessageGoneError, type StoreReference } from '../ports/spool.ts';
import type { ErasableMessage } from '../ports/repositories/message-repository.ts';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';

export interface EraseMessageInput {
  /** RFC 5322 Message-ID, with or without brackets, or the id of our record. */
  readonly messageId: string;
  readonly reason: string;
}

export interface ErasedMessage {
  readonly id: string;
  readonly acceptedAt: number;
  /** False: the bytes were gone already, and only what the rows said of them was erased. */
  readonly hadBytes: boolean;
}

/**
 * Erases what a message said, in every copy that the organisation has under this id: body, subject, preview and names.
 * Envelope, states and replies stay for the ledger and the trace. Bytes first, so that a row never says *erased* of what
 * is still there; repeating finishes what was cut off. Refuses: `erase.reason-missing`, `erase.unknown`, and
 * `erase.still-open` while some delivery is: discard it first.
 */
export async function eraseMessage(
  ports: Pick<Ports, 'database' | 'clock'> & { readonly erasure: MessageErasure },
  actor: Actor,
  input: EraseMessageInput,
): Promise<readonly ErasedMessage[]> {
  if (input.reason.trim() === '')
    throw new Refusal('erase.reason-missing', 'Say why it is erased. The reason is kept.');
  const found = await ports.database.withinOrganisation(actor.organisationId, ({ messages }) =>
    messages.findErasable(input.messageId),
  );
  if (found.length === 0)
    throw new Refusal('erase.unknown', `There is no message “${input.messageId}”.`);
  if (found.some(({ open }) => open))
    throw new Refusal(
      'erase.still-open',
      'A delivery of this message is still open. Discard it first: `holdfast queue discard`.',
    );
  const erased: ErasedMessage[] = [];
  for (const message of found) erased.push(await eraseOne(ports, actor, message, input.reason));
  return erased;
}

async function eraseOne(
  ports: Pick<Ports, 'database' | 'clock'> & { readonly erasure: MessageErasure },
  actor: Actor,
  message: ErasableMessage,
  reason: string,
): Promise<ErasedMessage> {
  const { organisationId } = actor;
  const { id, acceptedAt, messageId } = message;
  const hadBytes = await eraseBytes(ports, organisationId, message);
  await ports.database.acrossOrganisations(({ retention }) =>
    retention.forgetWords({ organisationId, id, acceptedAt }),
  );
  await ports.database.withinOrganisation(organisationId, async ({ messages, audit }) => {
    await messages.markErased({ id, acceptedAt }, ports.clock.now());
    await audit.append(
      auditEntry(ports, actor, 'message.erased', id, { messageId, reason, hadBytes }),
    );
  });
  return { id, acceptedAt, hadBytes };
}

/** Where they lie now; false when nothing is there any more. */
async function eraseBytes(
  ports: Pick<Ports, 'database'> & { readonly erasure: MessageErasure },
  organisationId: string,
  message: ErasableMessage,
): Promise<boolean> {
  let reference: StoreReference | null = message.reference;
  for (let tries = 0; reference !== null && tries < 2; tries += 1) {
    try {
      await ports.erasure.erase(reference, organisationId);
      return true;
    } catch (error) {
      // Damaged bytes are there and must not be passed over.
      if (!(error instanceof MessageGoneError) || error.name !== 'MessageGoneError') throw error;
      reference = await ports.database.withinOrganisation(organisationId, ({ messages }) =>
        messages.reference(message),
      );
    }
  }
  return false;
}
