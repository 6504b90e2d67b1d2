import {
  HELPDESK_LIMITS,
  readHelpdesk,
  type HelpdeskContact,
  type HelpdeskFault,
  type HelpdeskField,
} from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';

/** As typed; empty: not given. */
export type HelpdeskInput = Readonly<Record<HelpdeskField, string>>;

/**
 * Whom users are told to ask: on every page and in every notice that would otherwise say "your helpdesk". Null: nobody is
 * named any more. Refuses: `input.invalid` with a sentence for each field.
 */
export async function saveHelpdesk(
  ports: Ports,
  actor: Actor,
  input: HelpdeskInput | null,
): Promise<HelpdeskContact | null> {
  return ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const { helpdesk: before, name } = await r.organisation.lock();
    const domains = await r.domains.list();
    const helpdesk =
      input === null
        ? null
        : read(
            ports,
            input,
            domains.map((domain) => domain.name),
          );
    await r.organisation.save({ helpdesk });
    await r.audit.append(
      auditEntry(ports, actor, 'organisation.helpdesk-saved', name, { before, after: helpdesk }),
    );
    return helpdesk;
  });
}

function read(
  { phones }: Pick<Ports, 'phones'>,
  typed: HelpdeskInput,
  ownDomains: readonly string[],
): HelpdeskContact {
  const number = phones.read(typed.phone, '');
  const reading = readHelpdesk({ ...typed, e164: number.ok ? number.e164 : null }, ownDomains);
  if (reading.ok) return reading.contact;
  const fields = Object.fromEntries(
    Object.entries(reading.faults).map(([field, fault]) => [field, sentence(field, fault)]),
  );
  const [first = 'The contact cannot be saved so.'] = Object.values(fields);
  throw new Refusal('input.invalid', first, fields);
}

function sentence(field: string, fault: HelpdeskFault): string {
  switch (fault) {
    case 'missing':
      return 'Say what it is called, such as “IT helpdesk”.';
    case 'unreachable':
      return 'Give a number, an address or a page: otherwise nobody can ask.';
    case 'not-a-number':
      return 'That is no telephone number that works from everywhere. Begin with + and the country, such as +49 30 5550 100.';
    case 'not-an-address':
      return 'That does not look like an email address.';
    case 'in-the-tenant':
      return field === 'email'
        ? 'That address is in your own Office 365: it would be down as well. Give another, or none.'
        : 'That page is part of Microsoft 365: it would be down as well. Give another, or none.';
    case 'not-https':
      return 'Give the whole address of the page, beginning with https://.';
    case 'too-long':
      return `Use at most ${HELPDESK_LIMITS[isField(field) ? field : 'name']} characters.`;
  }
}

function isField(field: string): field is HelpdeskField {
  return Object.hasOwn(HELPDESK_LIMITS, field);
}
