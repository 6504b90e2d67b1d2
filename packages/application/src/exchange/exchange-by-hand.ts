import { exchangeTag, type ExchangeOrder, type ExchangeStep } from '@holdfast/domain';
import { actorName, type Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import { requireCredentials } from '../organisations/open-credentials.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import { Refusal } from '../refusal.ts';
import { checkExchange, type CheckedExchange } from './check-exchange.ts';
import { desiredExchange, ownedOf } from './desired-exchange.ts';

export type ScriptPurpose = 'establish' | 'remove' | 'lock-down' | 'lock-down-off';

/** The script for an administrator to run, where we have no permission. Refuses: `connection.missing`. */
export async function writeExchangeScript(
  ports: Ports,
  actor: Actor,
  input: { readonly purpose: ScriptPurpose },
): Promise<{ readonly script: string }> {
  const credentials = await requireCredentials(ports, actor.organisationId);
  const order = await ports.database.withinOrganisation(actor.organisationId, (r) =>
    orderOf(ports, r, actor.organisationId, input.purpose),
  );
  const outcome = await ports.exchangeByHand.carryOut(credentials, order, () => Promise.resolve());
  if (outcome.kind === 'done') throw new Error('Exchange by hand has changed something itself');
  return { script: outcome.script };
}

async function orderOf(
  ports: Ports,
  r: OrganisationRepositories,
  organisationId: string,
  purpose: ScriptPurpose,
): Promise<ExchangeOrder> {
  const desired = await desiredExchange(ports, r, organisationId);
  const owned = ownedOf(await r.exchange.changes());
  switch (purpose) {
    case 'establish':
      return { kind: 'establish', desired, owned };
    case 'remove':
      return { kind: 'remove', tag: desired.tag, owned };
    case 'lock-down':
    case 'lock-down-off':
      return { kind: 'lock-down', desired, on: purpose === 'lock-down' };
  }
}

/**
 * An administrator says that the script was run, and gives the last line that it printed: what it added is ours from
 * here on. Then looks, as far as possible. Refuses: `input.invalid`.
 */
export async function confirmExchangeScript(
  ports: Ports,
  actor: Actor,
  input: { readonly result: string; readonly note: string },
): Promise<CheckedExchange> {
  const { organisationId } = actor;
  const added = readResult(input.result, exchangeTag(organisationId));
  const by = actorName(actor);
  const at = ports.clock.now();
  await ports.database.withinOrganisation(organisationId, async (r) => {
    const note = input.note.trim() === '' ? 'ran the script' : input.note.trim();
    await r.cutOvers.attest({ subject: 'connector', value: true, note, by, at });
    for (const step of added) {
      const id = ports.identifiers.uuid();
      await r.exchange.saveChange({ id, at, actor: by, way: 'by-hand', state: 'done', step });
    }
    await r.audit.append(
      auditEntry(ports, actor, 'exchange.script-confirmed', note, {
        added: added.flatMap((step) =>
          step.kind === 'allow-addresses'
            ? step.addresses
            : step.kind === 'trust-sealers'
              ? step.after
              : [],
        ),
      }),
    );
  });
  return checkExchange(ports, actor);
}

/** The line with the result, wherever in what was pasted it stands. */
function readResult(text: string, tag: string): readonly ExchangeStep[] {
  const found = /HOLDFAST-RESULT\s+(\{.*\})/s.exec(text)?.[1];
  const told = found === undefined ? null : parse(found);
  if (told === null || told.tag !== tag) {
    const words =
      told === null
        ? 'Paste the last line that the script has printed. It begins with HOLDFAST-RESULT.'
        : 'This line is of a script of another organisation.';
    throw new Refusal('input.invalid', words, { result: words });
  }
  const { allowed, trusted } = told;
  return [
    ...(allowed.length === 0 ? [] : [{ kind: 'allow-addresses', addresses: allowed } as const]),
    ...(trusted.length === 0
      ? []
      : [{ kind: 'trust-sealers', before: [], after: trusted } as const]),
  ];
}

interface Told {
  readonly tag: string;
  readonly allowed: readonly string[];
  readonly trusted: readonly string[];
}

function parse(json: string): Told | null {
  try {
    const told: unknown = JSON.parse(json);
    if (typeof told !== 'object' || told === null || !('tag' in told)) return null;
    const list = (value: unknown): readonly string[] =>
      [value].flat().filter((item) => typeof item === 'string' && item !== '') as string[];
    return {
      tag: String(told.tag),
      allowed: list('allowed' in told ? told.allowed : []),
      trusted: list('trusted' in told ? told.trusted : []),
    };
  } catch {
    return null;
  }
}
