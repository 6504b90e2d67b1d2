import { distinctRanges, ourAddressFault, plainRange } from './exchange-address.ts';
import type { ExchangeFinding } from './exchange-finding.ts';
import { CONNECTOR_NAME, type DesiredExchange, type ExchangeConnector } from './exchange-side.ts';
import type { ConnectorSettings, ExchangeStep } from './exchange-step.ts';

export function isOurs(tag: string, comment: string): boolean {
  // A tag ends with an id, and no id is the beginning of another.
  return comment.toLowerCase().includes(tag.toLowerCase());
}

/** The connector that carries our tag, whatever it is called by now. */
export function ourConnector(
  connectors: readonly ExchangeConnector[],
  tag: string,
): ExchangeConnector | null {
  return connectors.find(({ comment }) => isOurs(tag, comment)) ?? null;
}

/** Whether the tenant refuses mail that does not come through us. */
export function isLockedDown(connector: ExchangeConnector | null): boolean {
  return (
    connector !== null &&
    connector.enabled &&
    (connector.restrictToAddresses || connector.restrictToCertificate)
  );
}

/** What our connector shall be like. Only Partner honours RequireTls and the restrictions (reference 3.3). */
export function connectorSettings(
  desired: DesiredExchange,
  lockedDown: boolean,
): ConnectorSettings {
  const byCertificate = desired.certificateName !== null;
  const enhanced = desired.filtering === 'enhanced';
  const hops = distinctRanges([
    ...desired.addresses,
    // A filter in front is no place where mail comes from: its hops are passed over as ours are.
    ...desired.hopsBefore.filter((hop) => ourAddressFault(hop) === null),
  ]);
  return {
    type: 'Partner',
    senderDomains: ['*'],
    senderAddresses: byCertificate ? [] : distinctRanges(desired.addresses),
    certificateName: desired.certificateName ?? '',
    requireTls: true,
    restrictToAddresses: lockedDown && !byCertificate,
    restrictToCertificate: lockedDown && byCertificate,
    skipLastAddress: enhanced && hops.length === 0,
    skipAddresses: enhanced ? hops : [],
    enabled: true,
    comment: ourComment(desired.tag),
  };
}

/** Stands in the comments of what is ours. */
export function ourComment(tag: string): string {
  return `Made and kept by Holdfast, removed when it is uninstalled. ${tag}`;
}

export function planConnector(
  connectors: readonly ExchangeConnector[] | null,
  desired: DesiredExchange,
): { readonly steps: readonly ExchangeStep[]; readonly findings: readonly ExchangeFinding[] } {
  if (connectors === null) return { steps: [], findings: [] };
  const ours = ourConnector(connectors, desired.tag);
  if (ours === null) return createConnector(connectors, desired);
  // Lock-down is a decision of its own: setting up neither makes nor undoes it.
  const locked = ours.restrictToAddresses || ours.restrictToCertificate;
  const wanted = { ...connectorSettings(desired, locked), comment: ours.comment };
  return { steps: changeTo(ours, wanted), findings: [] };
}

function createConnector(
  connectors: readonly ExchangeConnector[],
  desired: DesiredExchange,
): ReturnType<typeof planConnector> {
  const taken = connectors.filter(({ name }) => isSameName(name, CONNECTOR_NAME));
  if (taken.length > 0) {
    const subjects = taken.map(({ name }) => name);
    return { steps: [], findings: [{ code: 'connector-name-taken', level: 'blocks', subjects }] };
  }
  const settings = connectorSettings(desired, false);
  return { steps: [{ kind: 'create-connector', name: CONNECTOR_NAME, settings }], findings: [] };
}

/** One step with the settings that differ; none when there are none. */
export function changeTo(
  current: ExchangeConnector,
  wanted: ConnectorSettings,
): readonly ExchangeStep[] {
  const keys = (Object.keys(wanted) as (keyof ConnectorSettings)[]).filter(
    (key) => !isSame(current[key], wanted[key]),
  );
  if (keys.length === 0) return [];
  const pick = (from: ConnectorSettings): Partial<ConnectorSettings> =>
    Object.fromEntries(keys.map((key) => [key, from[key]]));
  return [
    { kind: 'change-connector', name: current.name, before: pick(current), after: pick(wanted) },
  ];
}

type Setting = ConnectorSettings[keyof ConnectorSettings];

/** Lists are sets here, and Exchange does not care about case. */
function isSame(there: Setting, wanted: Setting): boolean {
  if (typeof there === 'object' && typeof wanted === 'object') {
    const plain = (list: readonly string[]): string =>
      [...new Set(list.map(plainRange))].toSorted().join();
    return plain(there) === plain(wanted);
  }
  return String(there).toLowerCase() === String(wanted).toLowerCase();
}

export function isSameName(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.toLowerCase();
}
