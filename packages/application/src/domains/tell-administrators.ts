import type { Ports } from '../ports.ts';
import type { EmailText } from '../ports/notice-templates.ts';
import type { NoticeOutcome } from '../ports/notifications.ts';
import type { OrganisationRecord } from '../records/organisation.ts';
import { sendWorkNotice } from '../users/work-notice.ts';

export interface AdministratorNotice {
  readonly domain: string;
  readonly title: string;
  readonly consequence: string;
  readonly mend: string;
  readonly seen: string;
  readonly since: number;
  /** Of the console. */
  readonly page: string;
  /** Makes a repeat harmless. */
  readonly reference: string;
}

export interface ToldAdministrators {
  readonly told: readonly string[];
  /** In words. */
  readonly notice: string;
  /** Somebody could not be reached for a reason that may pass. */
  readonly worthAnother: boolean;
}

/**
 * Every administrator by e-mail, at the address each signs in with: no other channel of administrators is known. A mailbox
 * of the tenant gets it through our own queue, since its MX may be what is wrong; anybody else by the route of private
 * mail.
 */
export async function tellAdministrators(
  ports: Ports,
  organisationId: string,
  given: AdministratorNotice,
): Promise<ToldAdministrators> {
  const { name } = await ports.database.withinOrganisation(organisationId, (r) =>
    r.organisation.get(),
  );
  const { domain, title, consequence, mend, seen, since, page, reference } = given;
  const email = ports.templates('en').domainAlert({
    organisation: name,
    domain,
    title,
    consequence,
    mend,
    seen,
    since: new Date(since).toISOString(),
    url: `${ports.settings.adminUrl.replace(/\/$/, '')}${page}`,
  });
  return sendToAdministrators(ports, organisationId, reference, email);
}

/** The same with words of one's own. `reference` makes a repeat harmless. */
export async function sendToAdministrators(
  ports: Ports,
  organisationId: string,
  reference: string,
  email: EmailText,
): Promise<ToldAdministrators> {
  const { organisation, administrators } = await ports.database.withinOrganisation(
    organisationId,
    async (r) => ({
      organisation: await r.organisation.get(),
      administrators: await r.accounts.administrators(),
    }),
  );
  const outcomes = await Promise.all(
    administrators.map(async ({ id, email: to }) => ({
      to,
      outcome: await attempt(() =>
        sendToAddress(ports, organisation, to, email, `${reference}:${id}`),
      ),
    })),
  );
  const told = outcomes.filter(({ outcome }) => outcome.ok).map(({ to }) => to);
  const failed = outcomes.flatMap(({ to, outcome }) =>
    outcome.ok ? [] : [`${to}: ${outcome.detail}`],
  );
  return {
    told,
    notice: [
      told.length === 0 ? 'No administrator could be told.' : `Told ${told.join(', ')}.`,
      ...failed,
    ].join(' '),
    worthAnother: outcomes.some(({ outcome }) => !outcome.ok && !outcome.permanent),
  };
}

/** By way of our own spool to a mailbox of the organisation, so that it waits with it; else straight to where it is. */
export async function sendToAddress(
  ports: Ports,
  organisation: OrganisationRecord,
  to: string,
  email: EmailText,
  key: string,
): Promise<NoticeOutcome> {
  const mailbox = await ports.database.withinOrganisation(organisation.id, ({ directory }) =>
    directory.findByAddress(to.toLowerCase()),
  );
  if (mailbox === null || !mailbox.hasMailbox)
    return ports.alternateEmail.send({ ...email, to, reference: key });
  await sendWorkNotice(ports, {
    // Administrators are not sent to the helpdesk: it asks them.
    organisation: { ...organisation, helpdesk: null },
    user: mailbox,
    key,
    email,
  });
  return { ok: true, reference: key };
}

/** One address that cannot be reached must not keep the others from being told. */
async function attempt(send: () => Promise<NoticeOutcome>): Promise<NoticeOutcome> {
  try {
    return await send();
  } catch (error) {
    return { ok: false, permanent: false, detail: String(error) };
  }
}
