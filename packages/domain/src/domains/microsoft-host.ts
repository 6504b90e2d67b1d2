import { normaliseHost } from './domain-setup.ts';

/**
 * Where tenants of Office 365 take their mail. Domains that were added lately have hosts under `mx.microsoft` (reference
 * 0, fact 2); the national clouds have their own. Only for telling whose a host is: the host of a tenant is never built
 * from these, it is read from Graph.
 */
const OFFICE365_MX = [
  'mail.protection.outlook.com',
  'mx.microsoft',
  'mail.eo.outlook.com',
  'mail.protection.office365.us',
  'mail.protection.partner.outlook.cn',
];
/** Private mail of Microsoft. */
const CONSUMER_MX = ['outlook.com'];

export function isOffice365Host(host: string): boolean {
  return isBelow(host, OFFICE365_MX);
}

/** Office 365 or a private mail service of Microsoft. */
export function isMicrosoftMailHost(host: string): boolean {
  return isBelow(host, [...OFFICE365_MX, ...CONSUMER_MX]);
}

function isBelow(host: string, parents: readonly string[]): boolean {
  const name = `.${normaliseHost(host)}`;
  return parents.some((parent) => name.endsWith(`.${parent}`));
}
