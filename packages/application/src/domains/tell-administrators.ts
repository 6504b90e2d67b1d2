import type { Ports } from '../ports.ts';
import type { NoticeOutcome } from '../ports/notifications.ts';

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

/** Every administrator by e-mail, by the route of private mail: no other channel of administrators is known. */
export async function tellAdministrators(
  ports: Pick<Ports, 'database' | 'templates' | 'settings' | 'alternateEmail'>,
  organisationId: string,
  given: AdministratorNotice,
): Promise<ToldAdministrators> {
  const { organisation, administrators } = await ports.database.withinOrganisation(
    organisationId,
    async (r) => ({
      organisation: await r.organisation.get(),
      administrators: await r.accounts.administrators(),
    }),
  );
  const { domain, title, consequence, mend, seen, since, page, reference } = given;
  const email = ports.templates.domainAlert({
    organisation: organisation.name,
    domain,
    title,
    consequence,
    mend,
    seen,
    since: new Date(since).toISOString(),
    url: `${ports.settings.adminUrl.replace(/\/$/, '')}${page}`,
  });
  const outcomes = await Promise.all(
    administrators.map(async ({ id, email: to }) => ({
      to,
      outcome: await send(ports, { ...email, to, reference: `${reference}:${id}` }),
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

async function send(
  ports: Pick<Ports, 'alternateEmail'>,
  message: Parameters<Ports['alternateEmail']['send']>[0],
): Promise<NoticeOutcome> {
  try {
    return await ports.alternateEmail.send(message);
  } catch (error) {
    // One address that cannot be reached must not keep the others from being told.
    return { ok: false, permanent: false, detail: String(error) };
  }
}
