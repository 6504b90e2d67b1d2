import {
  INITIAL_DOMAIN,
  INITIAL_MX_HOST,
  PRIMARY_DOMAIN,
  PRIMARY_MX_HOST,
} from '../tenant/identity.ts';
import { DKIM_SELECTOR, type DkimKey } from './dkim-key.ts';

interface MxValue {
  readonly exchange: string;
  readonly preference: number;
}

interface TlsaValue {
  readonly usage: number;
  readonly selector: number;
  readonly matchingType: number;
  /** Hex. */
  readonly data: string;
}

type RecordValues =
  | { readonly type: 'MX'; readonly values: readonly MxValue[] }
  | { readonly type: 'TLSA'; readonly values: readonly TlsaValue[] }
  | {
      readonly type: 'A' | 'AAAA' | 'TXT' | 'CNAME' | 'NS' | 'PTR';
      readonly values: readonly string[];
    };

export type ZoneRecord = RecordValues & {
  readonly name: string;
  readonly ttl: number;
  /** Answered with the AD flag, as a resolver does that has validated DNSSEC. */
  readonly signed?: boolean;
};

export type RecordType = ZoneRecord['type'];

/** How a name can go wrong: an error of the server, or no answer at all. */
export const DNS_FAULTS = ['servfail', 'refused', 'silent'] as const;
export type DnsFault = (typeof DNS_FAULTS)[number];

export type Lookup =
  | { readonly found: true; readonly records: readonly ZoneRecord[] }
  | { readonly found: false }
  | { readonly fault: DnsFault };

/** What a name server answers from. */
export interface Names {
  /** The zone's own server, and not a cache of somebody else's. */
  readonly authoritative: boolean;
  lookup(name: string, type: string): Lookup;
}

/** Short, so that a cut-over of the MX records can be watched. */
const DEFAULT_TTL_SECONDS = 60;
const LOOPBACK = '127.0.0.1';
/** Documentation range (RFC 5737): nobody in the simulation sends from there, so SPF fails. */
const ELSEWHERE = 'v=spf1 ip4:192.0.2.0/24 -all';
const FROM_HERE = `v=spf1 ip4:${LOOPBACK} ip6:::1 -all`;

/** The public DNS of the simulation. Unknown names below `.example` exist and lead to the simulator itself. */
export class Zone implements Names {
  readonly authoritative = true;
  readonly #dkim: DkimKey;
  readonly #faults = new Map<string, DnsFault>();
  #records = new Map<string, ZoneRecord>();

  constructor(dkim: DkimKey) {
    this.#dkim = dkim;
    this.reset();
  }

  reset(): void {
    this.#records = new Map();
    this.#faults.clear();
    for (const record of initialRecords(this.#dkim)) this.set(record);
  }

  set(record: ZoneRecord): void {
    const name = normalise(record.name);
    this.#records.set(`${name}/${record.type}`, { ...record, name });
  }

  /** Takes a record set away: its name then has no data of this type. */
  remove(name: string, type: RecordType): void {
    this.#records.delete(`${normalise(name)}/${type}`);
  }

  /** Makes every question for a name go wrong; null mends it. */
  setFault(name: string, fault: DnsFault | null): void {
    if (fault === null) this.#faults.delete(normalise(name));
    else this.#faults.set(normalise(name), fault);
  }

  list(): ZoneRecord[] {
    return [...this.#records.values()].toSorted((a, b) => a.name.localeCompare(b.name));
  }

  lookup(queried: string, type: string): Lookup {
    const name = normalise(queried);
    const fault = this.#faults.get(name);
    if (fault !== undefined) return { fault };
    const own = this.list().filter((record) => record.name === name);
    if (own.length > 0) {
      return { found: true, records: own.filter((r) => r.type === type || r.type === 'CNAME') };
    }
    if (this.list().some((record) => record.name.endsWith(`.${name}`))) {
      return { found: true, records: [] };
    }
    const outside = name.endsWith('.example') && !name.split('.').some((l) => l.startsWith('_'));
    return outside ? { found: true, records: synthesised(name, type) } : { found: false };
  }
}

export const normalise = (name: string): string => name.toLowerCase().replace(/\.$/, '');

const mx = (name: string, exchange: string, preference = 0): ZoneRecord => ({
  name,
  type: 'MX',
  ttl: DEFAULT_TTL_SECONDS,
  values: [{ exchange, preference }],
});

const text = (name: string, value: string): ZoneRecord => ({
  name,
  type: 'TXT',
  ttl: DEFAULT_TTL_SECONDS,
  values: [value],
});

const address = (name: string): ZoneRecord => ({
  name,
  type: 'A',
  ttl: DEFAULT_TTL_SECONDS,
  values: [LOOPBACK],
});

function synthesised(name: string, type: string): ZoneRecord[] {
  if (type === 'MX') return [mx(name, `mail.${name}`, 10)];
  return type === 'A' ? [address(name)] : [];
}

/** An outside domain with mail server, SPF, DKIM and DMARC. */
const outside = (name: string, spf: string, policy: string, dkim: string): ZoneRecord[] => [
  mx(name, `mail.${name}`, 10),
  address(name),
  address(`mail.${name}`),
  text(name, spf),
  text(`${DKIM_SELECTOR}._domainkey.${name}`, dkim),
  text(`_dmarc.${name}`, `v=DMARC1; p=${policy}; rua=mailto:dmarc@${name}`),
];

function initialRecords(dkim: DkimKey): ZoneRecord[] {
  return [
    mx(PRIMARY_DOMAIN, PRIMARY_MX_HOST),
    address(PRIMARY_DOMAIN),
    text(PRIMARY_DOMAIN, 'v=spf1 include:spf.protection.outlook.com -all'),
    text(`${DKIM_SELECTOR}._domainkey.${PRIMARY_DOMAIN}`, dkim.record),
    text(`_dmarc.${PRIMARY_DOMAIN}`, 'v=DMARC1; p=quarantine; rua=mailto:dmarc@contoso.example'),
    {
      name: PRIMARY_DOMAIN,
      type: 'NS',
      ttl: 86_400,
      values: ['ns1.registrar.example', 'ns2.registrar.example'],
    },
    mx(INITIAL_DOMAIN, INITIAL_MX_HOST),
    text(INITIAL_DOMAIN, 'v=spf1 include:spf.protection.outlook.com -all'),
    address(PRIMARY_MX_HOST),
    address(INITIAL_MX_HOST),
    text('spf.protection.outlook.com', 'v=spf1 ip4:40.92.0.0/15 ip4:52.100.0.0/14 -all'),
    ...outside('fabrikam.example', FROM_HERE, 'reject', dkim.record),
    ...outside('northwind.example', 'v=spf1 ip4:192.0.2.10 ~all', 'quarantine', dkim.record),
    ...outside('posteo.example', FROM_HERE, 'none', dkim.record),
    // Its mail never comes from here: whoever says so is a spoofer.
    ...outside('spoofed.example', ELSEWHERE, 'reject', dkim.record),
    { name: '1.0.0.127.in-addr.arpa', type: 'PTR', ttl: 60, values: ['mail.fabrikam.example'] },
  ];
}
