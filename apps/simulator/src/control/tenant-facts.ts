import { DOMAINS } from '../tenant/domains.ts';
import {
  CLIENT_ID,
  CLIENT_SECRET,
  INITIAL_DOMAIN,
  SMS_ANSWER_TOKEN,
  SMS_TOKEN,
  TENANT_ID,
  TENANT_NAME,
  VOICE_TOKEN,
} from '../tenant/identity.ts';
import type { World } from '../world.ts';

/** Base addresses of the simulated services, without a slash at the end. */
export function baseUrls(world: World) {
  const controlUrl = world.controlUrl();
  return {
    controlUrl,
    loginBase: `${controlUrl}/login`,
    graphBase: `${controlUrl}/graph/v1.0`,
    exchangeBase: `${controlUrl}/exchange`,
    smsUrl: `${controlUrl}/sms`,
    voiceUrl: `${controlUrl}/voice`,
    mtaStsBase: `${controlUrl}/mta-sts`,
  };
}

/** All that is needed to connect a product to the simulated tenant. */
export function tenantFacts(world: World) {
  return {
    tenantId: TENANT_ID,
    displayName: TENANT_NAME,
    clientId: CLIENT_ID,
    clientSecret: CLIENT_SECRET,
    initialDomain: INITIAL_DOMAIN,
    domains: DOMAINS.map((domain) => domain.name),
    mailExchanges: Object.fromEntries(DOMAINS.map((domain) => [domain.name, domain.mailExchange])),
    ...baseUrls(world),
    smsToken: SMS_TOKEN,
    voiceToken: VOICE_TOKEN,
    smsAnswerToken: SMS_ANSWER_TOKEN,
    smtpHost: world.host,
    smtpPort: world.ports.smtp,
    dnsServer: `${world.host}:${world.ports.dns}`,
    secondDnsServer: `${world.host}:${world.ports.secondDns}`,
  };
}
