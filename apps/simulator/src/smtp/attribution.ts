import type { ExchangeState, InboundConnector } from '../exchange/exchange-state.ts';
import { ipListHolds } from '../exchange/ip-list.ts';
import { type SmtpReply, parseReply } from '../outage/outage.ts';
import { isTenantDomain } from '../tenant/directory.ts';

const LOCKED_DOWN =
  "550 5.7.51 TenantInboundAttribution; There is a partner connector configured that matched the message's recipient domain. The connector had either the RestrictDomainsToIPAddresses or RestrictDomainsToCertificate set";
const DIRECT_SEND =
  '550 5.7.68 TenantInboundAttribution; Direct Send not allowed for this organization from unauthorized sources';
const TLS_NEEDED = '451 5.7.3 STARTTLS is required to send mail';

/** Who hands over a message, as the edge of Exchange Online sees it. */
export interface Source {
  readonly address: string;
  /** Name in the certificate that the client has shown; null without one. */
  readonly certificateName: string | null;
  readonly secure: boolean;
  /** Domain of MAIL FROM; empty for the null reverse-path. */
  readonly senderDomain: string;
}

/** What the inbound connectors and RejectDirectSend make of a source; undefined: they have no objection. */
export function attributionRefusal(exchange: ExchangeState, source: Source): SmtpReply | undefined {
  const covering = exchange.connectors.filter(
    (connector) =>
      connector.Enabled &&
      connector.ConnectorType === 'Partner' &&
      coversDomain(connector, source.senderDomain),
  );
  if (covering.some((connector) => refuses(connector, source))) return parseReply(LOCKED_DOWN);
  const matching = covering.find((connector) => isKnownBy(connector, source));
  if (matching?.RequireTls === true && !source.secure) return parseReply(TLS_NEEDED);
  if (
    exchange.organisation.RejectDirectSend &&
    matching === undefined &&
    isTenantDomain(source.senderDomain)
  ) {
    return parseReply(DIRECT_SEND);
  }
  return undefined;
}

function coversDomain({ SenderDomains }: InboundConnector, domain: string): boolean {
  return SenderDomains.some((space) => {
    const name = space
      .replace(/^smtp:/, '')
      .replace(/;\d+$/, '')
      .toLowerCase();
    return (
      name === '*' || name === domain || (name.startsWith('*.') && domain.endsWith(name.slice(1)))
    );
  });
}

function refuses(connector: InboundConnector, source: Source): boolean {
  return (
    (connector.RestrictDomainsToIPAddresses &&
      !ipListHolds(connector.SenderIPAddresses, source.address)) ||
    (connector.RestrictDomainsToCertificate && !hasCertificate(connector, source))
  );
}

/** By address or certificate; a connector that names neither is for everybody of its domains, and proves nobody. */
function isKnownBy(connector: InboundConnector, source: Source): boolean {
  return (
    ipListHolds(connector.SenderIPAddresses, source.address) || hasCertificate(connector, source)
  );
}

function hasCertificate(
  { TlsSenderCertificateName: wanted }: InboundConnector,
  { certificateName: shown }: Source,
): boolean {
  if (wanted === null || shown === null) return false;
  const [name, own] = [wanted.toLowerCase(), shown.toLowerCase()];
  return name === own || (name.startsWith('*.') && own.endsWith(name.slice(1)));
}
