import {
  ENTERED_USABLE_AFTER,
  mayApprove,
  type ChannelKind,
  type EnteredContact,
} from '@holdfast/domain';
import { noteChange, provenChannels } from '../account-changes/note-change.ts';
import { actorName, type Actor } from '../actor.ts';
import { auditEntry, systemActor } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import { Refusal } from '../refusal.ts';
import { changeChannel, refreshContactState } from './change-channel.ts';
import { optOutMac } from './opt-out-mac.ts';
import { readValues } from './read-values.ts';
import { refuseDisputed } from './refuse-disputed.ts';

export interface EnterContactInput {
  readonly userId: string;
  readonly kind: ChannelKind;
  /** As typed; a number with + and the country. */
  readonly value: string;
  /** The domain looks like a slip and is right. */
  readonly asTyped: boolean;
}

/**
 * The helpdesk enters a contact for somebody. It is told to the user at once, with *Not me*, and carries logins after a
 * day, or as soon as a second administrator agrees. Refuses: `users.unknown`, `users.ineligible`, `info.*`.
 */
export async function enterContact(
  ports: Ports,
  actor: Actor,
  input: EnterContactInput,
): Promise<void> {
  const { kind, userId } = input;
  const { organisationId } = actor;
  const own = await ports.database.withinOrganisation(organisationId, (r) => r.domains.list());
  const values = await readValues(
    ports,
    {
      email: kind === 'email' ? input.value : '',
      phone: kind === 'sms' ? input.value : '',
      country: '',
      emailChoice: input.asTyped ? 'typed' : null,
    },
    own.map(({ name }) => name),
  );
  const [read] = values;
  if (read === undefined) throw new Refusal('info.nothing-given', 'Give a number or an address.');
  await ports.database.withinOrganisation(organisationId, async (r) => {
    const user = await findProtected(r, userId);
    const { value, weak } = read;
    await refuseDisputed(r, userId, { kind, value });
    if (await r.channels.isOptedOut(optOutMac(ports, organisationId, kind, value)))
      throw new Refusal(
        'info.opted-out',
        'Its owner has stopped our messages with STOP. Only they can take that back: by START, or by giving it themselves.',
      );
    const at = ports.clock.now();
    const enteredBy = actorName(actor);
    const shared = await r.channels.isShared(kind, value, userId);
    await r.enteredContacts.save({
      userId,
      kind,
      value,
      weak,
      shared,
      enteredBy,
      enteredAt: at,
      usableAt: at + ENTERED_USABLE_AFTER,
    });
    await noteChange(ports, r, await r.organisation.get(), {
      userId,
      change: { kind: 'contact-entered', channel: kind, value, by: enteredBy },
      told: provenChannels(await r.channels.ofUser(userId)),
    });
    await r.audit.append(
      auditEntry(ports, actor, 'alternate-info.entered', user.primaryAddress, { channel: kind }),
    );
  });
}

async function findProtected(r: OrganisationRepositories, userId: string) {
  const user = await r.directory.get(userId);
  if (user === null || user.removedAt !== null)
    throw new Refusal('users.unknown', 'That user is not in the directory any more.');
  if (user.protected) return user;
  throw new Refusal('users.ineligible', 'That user is not protected. Protect them first.');
}

/** What waits for this user. */
export async function readEnteredContacts(
  ports: Ports,
  actor: Actor,
  input: { readonly userId: string },
): Promise<readonly EnteredContact[]> {
  return ports.database.withinOrganisation(actor.organisationId, (r) =>
    r.enteredContacts.ofUser(input.userId),
  );
}

/** A second administrator agrees: in use at once. Refuses: `info.nothing-given`, `info.own-entry`. */
export async function approveContact(
  ports: Ports,
  actor: Actor,
  input: { readonly userId: string; readonly kind: ChannelKind },
): Promise<void> {
  await ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const contact = await r.enteredContacts.lock(input.userId, input.kind);
    if (contact === null) throw nothingWaits();
    if (!mayApprove(contact, actorName(actor)))
      throw new Refusal(
        'info.own-entry',
        'You have entered it yourself. Somebody else has to agree, or it is used after 24 hours.',
      );
    await put(ports, r, contact);
    const user = await r.directory.get(input.userId);
    await r.audit.append(
      auditEntry(ports, actor, 'alternate-info.entry-approved', user?.primaryAddress ?? '', {
        channel: input.kind,
        enteredBy: contact.enteredBy,
      }),
    );
  });
}

/** Takes an entry back before it is used. Refuses: `info.nothing-given`. */
export async function withdrawContact(
  ports: Ports,
  actor: Actor,
  input: { readonly userId: string; readonly kind: ChannelKind },
): Promise<void> {
  await ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const contact = await r.enteredContacts.lock(input.userId, input.kind);
    if (contact === null) throw nothingWaits();
    await r.enteredContacts.remove(input.userId, input.kind);
    const user = await r.directory.get(input.userId);
    await r.audit.append(
      auditEntry(ports, actor, 'alternate-info.entry-withdrawn', user?.primaryAddress ?? '', {
        channel: input.kind,
      }),
    );
  });
}

function nothingWaits(): Refusal {
  return new Refusal('info.nothing-given', 'Nothing waits there any more.');
}

/** Worker timer: contacts whose day is over come into use. */
export async function settleEnteredContacts(ports: Ports, organisationId: string): Promise<void> {
  await ports.database.withinOrganisation(organisationId, async (r) => {
    for (const { kind, userId } of await r.enteredContacts.due(ports.clock.now())) {
      const contact = await r.enteredContacts.lock(userId, kind);
      if (contact === null || contact.usableAt > ports.clock.now()) continue;
      await put(ports, r, contact);
      const user = await r.directory.get(userId);
      await r.audit.append(
        auditEntry(
          ports,
          systemActor(organisationId),
          'alternate-info.entry-used',
          user?.primaryAddress ?? userId,
          { channel: kind, enteredBy: contact.enteredBy },
        ),
      );
    }
  });
}

async function put(
  ports: Ports,
  r: OrganisationRepositories,
  { kind, shared, userId, value, weak }: EnteredContact,
): Promise<void> {
  const at = ports.clock.now();
  await changeChannel(r, userId, kind, { type: 'accept', value, at }, { shared, weak });
  await r.enteredContacts.remove(userId, kind);
  await refreshContactState(r, userId);
}
