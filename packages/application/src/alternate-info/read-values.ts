import {
  domainOf,
  likelyMailDomain,
  localPartOf,
  parseAddress,
  type ChannelKind,
} from '@holdfast/domain';
import type { LiveDns } from '../ports/live-dns.ts';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { isHostedByMicrosoft } from './alternate-domain.ts';
import type { PhoneMessage } from './count-messages.ts';

export interface TypedValues {
  /** As typed; empty when not given. */
  readonly email: string;
  readonly phone: string;
  /** ISO 3166-1 alpha-2 of the select. */
  readonly country: string;
  /** Answer to "did you mean": null when it was not asked about what is typed now. */
  readonly emailChoice: 'suggested' | 'typed' | null;
}

export interface ReadValue {
  readonly kind: ChannelKind;
  readonly value: string;
  /** Hosted by Microsoft. */
  readonly weak: boolean;
  /** Of a number, how a code gets there; null of an address. */
  readonly phone: { readonly country: string; readonly spoken: boolean } | null;
}

/** Codes to these, as far as they go to telephones. */
export function phoneMessages(values: readonly ReadValue[]): readonly PhoneMessage[] {
  return values.flatMap(({ phone, value }) => (phone === null ? [] : [{ ...phone, value }]));
}

/** The field that carries the address we think was meant. */
export const SUGGESTION_FIELD = 'suggestion';

/**
 * What was typed, as addresses and numbers that messages can be sent to. Refuses with a sentence for each field, and with
 * `info.did-you-mean` when only a slip has to be cleared up.
 */
export async function readValues(
  ports: Pick<Ports, 'dns' | 'phones' | 'voice'>,
  typed: TypedValues,
  ownDomains: readonly string[],
): Promise<readonly ReadValue[]> {
  const fields: Record<string, string> = {};
  const email = readEmail(typed, ownDomains, fields);
  const phone = readPhone(ports, typed, fields);
  if (email === null && phone === null && Object.keys(fields).length === 0) {
    fields['email'] = 'Give a private address, a mobile number, or both.';
  }
  if (email !== null && (await takesNoMail(ports.dns, email))) {
    fields['email'] =
      `No mail can be sent to ${domainOf(email)}: the domain has no mail server. Check what stands after the @.`;
  }
  const [first] = Object.values(fields);
  if (first !== undefined) {
    const onlySlip = SUGGESTION_FIELD in fields && !('phone' in fields);
    throw new Refusal(onlySlip ? 'info.did-you-mean' : 'info.nothing-given', first, fields);
  }
  return [
    ...(email === null
      ? []
      : [
          {
            kind: 'email' as const,
            value: email,
            weak: await isHostedByMicrosoft(ports.dns, email),
            phone: null,
          },
        ]),
    ...(phone === null ? [] : [{ kind: 'sms' as const, value: phone.e164, weak: false, phone }]),
  ];
}

function readEmail(
  { email: typed, emailChoice }: TypedValues,
  ownDomains: readonly string[],
  fields: Record<string, string>,
): string | null {
  if (typed.trim() === '') return null;
  const address = parseAddress(typed);
  if (address === null) {
    fields['email'] =
      'That does not look like an email address. Check for missing parts, such as “@” or “.com”.';
    return null;
  }
  const domain = domainOf(address);
  if (ownDomains.some((own) => domain === own || domain.endsWith(`.${own}`))) {
    fields['email'] = 'That is your work address: it would be down as well. Give a private one.';
    return null;
  }
  const likely = likelyMailDomain(domain);
  if (likely === null || emailChoice === 'typed') return address;
  const suggestion = `${localPartOf(address)}@${likely}`;
  if (emailChoice === 'suggested') return suggestion;
  fields['email'] = `Did you mean ${suggestion}? Choose one of the two below.`;
  fields[SUGGESTION_FIELD] = suggestion;
  return null;
}

function readPhone(
  { phones, voice }: Pick<Ports, 'phones' | 'voice'>,
  { phone, country }: TypedValues,
  fields: Record<string, string>,
): { readonly e164: string; readonly country: string; readonly spoken: boolean } | null {
  if (phone.trim() === '') return null;
  const reading = phones.read(phone, country);
  if (!reading.ok) {
    fields['phone'] =
      reading.reason === 'too-short'
        ? 'That number is too short. Check the digits and the country.'
        : reading.reason === 'too-long'
          ? 'That number is too long. Check the digits and the country.'
          : 'That is not a phone number of the chosen country. Check the digits and the country.';
    return null;
  }
  if (!reading.canReceiveSms && !reading.canBeCalled) {
    fields['phone'] =
      'That is a special number, such as a service or premium one: we neither text nor call it. Give a mobile number, or a private address.';
    return null;
  }
  if (!reading.canReceiveSms && !voice.available) {
    fields['phone'] =
      'That is a landline: it cannot receive text messages, and we do not call. Give a mobile number, or a private address.';
    return null;
  }
  return { e164: reading.e164, country: reading.country, spoken: !reading.canReceiveSms };
}

/** Known to have neither MX nor address (RFC 5321 §5.1), or a null MX (RFC 7505). Silence of DNS counts as "it may". */
async function takesNoMail(dns: LiveDns, address: string): Promise<boolean> {
  const domain = domainOf(address);
  const mx = await dns.ask(domain, 'MX');
  if (mx.known === 'found')
    return (
      mx.values.length > 0 && mx.values.every(({ exchange }) => exchange.replace(/\.$/, '') === '')
    );
  if (mx.known !== 'absent') return false;
  const hosts = await Promise.all([dns.ask(domain, 'A'), dns.ask(domain, 'AAAA')]);
  return hosts.every(({ known }) => known === 'absent');
}
