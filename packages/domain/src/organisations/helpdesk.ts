import { domainOf, parseAddress } from '../domains/address.ts';

/** Whom people ask when they cannot get in, as the organisation has told us. At least one way to reach them is there. */
export interface HelpdeskContact {
  /** `IT helpdesk`. */
  readonly name: string;
  readonly phone: {
    /** As the organisation writes it, with the country: `+49 30 5550 100`. */
    readonly shown: string;
    /** What a telephone dials. */
    readonly e164: string;
  } | null;
  readonly email: string | null;
  readonly url: string | null;
  /** Free text: `Mon–Fri 8–18, during an outage always`. */
  readonly hours: string | null;
}

/** Longest of each. Unit: characters. */
export const HELPDESK_LIMITS = { name: 60, phone: 40, email: 254, url: 200, hours: 120 } as const;

/** As typed; empty: not given. The number is read beforehand: `null` when it is none. */
export interface TypedHelpdesk {
  readonly name: string;
  readonly phone: string;
  readonly e164: string | null;
  readonly email: string;
  readonly url: string;
  readonly hours: string;
}

export type HelpdeskField = 'name' | 'phone' | 'email' | 'url' | 'hours';
export type HelpdeskFault =
  | 'missing'
  | 'too-long'
  | 'not-a-number'
  | 'not-an-address'
  | 'in-the-tenant'
  | 'not-https'
  | 'unreachable';

export type HelpdeskReading =
  | { readonly ok: true; readonly contact: HelpdeskContact }
  | {
      readonly ok: false;
      readonly faults: Readonly<Partial<Record<HelpdeskField, HelpdeskFault>>>;
    };

/** Sites of Microsoft 365: they are down together with it. */
const TENANT_SITES =
  /(?:^|\.)(?:sharepoint\.com|office\.com|office365\.com|microsoft365\.com|cloud\.microsoft|teams\.microsoft\.com|onmicrosoft\.com|powerapps\.com|outlook\.com)$/;

/** What was typed, as people are shown it. What would be down together with Office 365 is refused. */
export function readHelpdesk(typed: TypedHelpdesk, ownDomains: readonly string[]): HelpdeskReading {
  const name = oneLine(typed.name);
  const phone = oneLine(typed.phone);
  const email = parseAddress(typed.email);
  const url = readUrl(typed.url);
  const hours = oneLine(typed.hours);
  const faults: Partial<Record<HelpdeskField, HelpdeskFault>> = {};
  if (name === '') faults.name = 'missing';
  if (phone !== '' && typed.e164 === null) faults.phone = 'not-a-number';
  if (typed.email.trim() !== '') {
    if (email === null) faults.email = 'not-an-address';
    else if (isInTenant(domainOf(email), ownDomains)) faults.email = 'in-the-tenant';
  }
  if (typed.url.trim() !== '') {
    if (url === null) faults.url = 'not-https';
    else if (TENANT_SITES.test(url.hostname)) faults.url = 'in-the-tenant';
  }
  const lengths = { name, phone, email: typed.email, url: typed.url, hours };
  for (const field of FIELDS)
    if (lengths[field].length > HELPDESK_LIMITS[field]) faults[field] = 'too-long';
  const nothing = [phone, typed.email, typed.url].every((text) => text.trim() === '');
  if (nothing) faults.phone = 'unreachable';
  if (Object.keys(faults).length > 0) return { ok: false, faults };
  return {
    ok: true,
    contact: {
      name,
      phone: typed.e164 === null || phone === '' ? null : { shown: phone, e164: typed.e164 },
      email,
      url: url?.href ?? null,
      hours: hours === '' ? null : hours,
    },
  };
}

const FIELDS: readonly HelpdeskField[] = ['name', 'phone', 'email', 'url', 'hours'];

/** Mail to the organisation's own domains waits for Office 365 as well. */
function isInTenant(domain: string, ownDomains: readonly string[]): boolean {
  if (domain.endsWith('.onmicrosoft.com')) return true;
  return ownDomains.some((own) => domain === own || domain.endsWith(`.${own}`));
}

/** No name and password before the host: what looks like the host would be another one. */
const PAGE = /^https:\/\/(?<host>[\p{L}\p{N}.-]+)(?::\d{1,5})?(?:[/?#][^\s"'<>`\\]*)?$/iu;

function readUrl(typed: string): { readonly href: string; readonly hostname: string } | null {
  const href = typed.trim();
  const host = PAGE.exec(href)?.groups?.['host'];
  return host === undefined ? null : { href, hostname: host.toLowerCase() };
}

/** Control characters and line ends would change the page or message it stands in. */
function oneLine(text: string): string {
  return text.replace(/[\s\p{C}]+/gu, ' ').trim();
}

/** `IT helpdesk, +49 30 5550 100, helpdesk@example.org (Mon–Fri 8–18)`: the same in every language. */
export function helpdeskLine({ email, hours, name, phone, url }: HelpdeskContact): string {
  const ways = [name, phone?.shown, email, url].filter((way) => way !== null && way !== undefined);
  return `${ways.join(', ')}${hours === null ? '' : ` (${hours})`}`;
}

/** For a text message: the name and the one way that works on the telephone in hand. */
export function helpdeskShort({ email, name, phone, url }: HelpdeskContact): string {
  return `${name}: ${phone?.shown ?? email ?? url ?? ''}`;
}
