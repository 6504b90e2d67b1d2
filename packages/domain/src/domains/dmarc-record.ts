import type { DnsReading } from './dns-reading.ts';
import { readTags } from './dkim-key.ts';
import type { DmarcPolicy } from '../mail-flow/sender-policy.ts';

interface DmarcRecord {
  readonly policy: DmarcPolicy;
  readonly subdomainPolicy: DmarcPolicy;
  /** `t=y`: recipients are asked to do one step less than the policy says (RFC 9989). */
  readonly testing: boolean;
  readonly psd: 'y' | 'n' | 'u';
  readonly problems: readonly string[];
}

/** What holds for the domain, and where it stands. */
export interface DmarcReading {
  readonly known: 'found' | 'absent' | 'unknown';
  /** With `t=y` already taken one step down. */
  readonly policy: DmarcPolicy | null;
  readonly name: string | null;
  readonly text: string | null;
  readonly inherited: boolean;
  readonly testing: boolean;
  /** The domain’s own name holds several records, which count as none. */
  readonly several: boolean;
  readonly problems: readonly string[];
  readonly ttl: number | null;
}

/** Most names that are asked: with more labels, the walk goes on with the last seven (RFC 9989, tree walk). */
const MOST_NAMES = 8;

/** Names at which a policy may stand: the domain's own, and then one label less each time down to the top level. */
export function dmarcTreeNames(domain: string): readonly string[] {
  const labels = domain.split('.');
  const names = [`_dmarc.${domain}`];
  for (
    let start = Math.max(1, labels.length - MOST_NAMES + 1);
    start < labels.length && names.length < MOST_NAMES;
    start += 1
  ) {
    names.push(`_dmarc.${labels.slice(start).join('.')}`);
  }
  return names;
}

/** The readings of `dmarcTreeNames`, in that order; what is not needed may be missing. */
export function readDmarc(
  readings: readonly { readonly name: string; readonly reading: DnsReading<string> }[],
): DmarcReading {
  const [own, ...parents] = readings.map(({ name, reading }) => {
    const texts = reading.values.filter((text) => /^\s*v\s*=\s*DMARC1\s*(?:;|$)/.test(text));
    const [text] = texts;
    const only = texts.length === 1 ? text : undefined;
    return {
      name,
      reading,
      texts,
      text: only ?? null,
      record: only === undefined ? null : read(only),
    };
  });
  const several = (own?.texts.length ?? 0) > 1;
  if (own === undefined || own.reading.known === 'unknown') return { ...NONE, known: 'unknown' };
  if (own.record !== null) return told(own, own.record.policy, false);
  const organisation = chooseParent(parents);
  if (organisation === 'unknown') return { ...NONE, several, known: 'unknown' };
  if (organisation === null || organisation.record === null) return { ...NONE, several };
  return { ...told(organisation, organisation.record.subdomainPolicy, true), several };
}

const NONE: DmarcReading = {
  known: 'absent',
  policy: null,
  name: null,
  text: null,
  inherited: false,
  testing: false,
  several: false,
  problems: [],
  ttl: null,
};

interface Asked {
  readonly name: string;
  readonly reading: DnsReading<string>;
  readonly text: string | null;
  readonly record: DmarcRecord | null;
}

/**
 * The organisational domain's record, or that of the public suffix above it. A record with `psd=n` ends the walk; one
 * with `psd=y` says that the organisation is one label below, whose own record would have been met before.
 */
function chooseParent(parents: readonly Asked[]): Asked | 'unknown' | null {
  let chosen: Asked | null = null;
  for (const parent of parents) {
    if (parent.reading.known === 'unknown') return chosen ?? 'unknown';
    if (parent.record === null) continue;
    if (parent.record.psd === 'y') return chosen ?? parent;
    chosen = parent;
    if (parent.record.psd === 'n') return parent;
  }
  return chosen;
}

function told(asked: Asked, policy: DmarcPolicy, inherited: boolean): DmarcReading {
  const testing = asked.record?.testing ?? false;
  return {
    known: 'found',
    policy: testing ? milder(policy) : policy,
    name: asked.name,
    text: asked.text,
    inherited,
    testing,
    several: false,
    problems: asked.record?.problems ?? [],
    ttl: asked.reading.ttl,
  };
}

function milder(policy: DmarcPolicy): DmarcPolicy {
  return policy === 'reject' ? 'quarantine' : 'none';
}

function read(text: string): DmarcRecord {
  const tags = readTags(text);
  const own = asPolicy(tags.get('p'));
  const psd = tags.get('psd')?.toLowerCase();
  const problems = ['p', 'sp', 'np']
    .filter((tag) => tags.has(tag) && asPolicy(tags.get(tag)) === null)
    .map((tag) => `${tag}=${tags.get(tag) ?? ''}`);
  if (!tags.has('p')) problems.push('p is missing');
  return {
    // Without a policy that can be read a record only asks for reports.
    policy: own ?? 'none',
    subdomainPolicy: asPolicy(tags.get('sp')) ?? own ?? 'none',
    testing: tags.get('t')?.toLowerCase() === 'y',
    psd: psd === 'y' || psd === 'n' ? psd : 'u',
    problems,
  };
}

function asPolicy(text: string | undefined): DmarcPolicy | null {
  const word = text?.toLowerCase();
  return word === 'none' || word === 'quarantine' || word === 'reject' ? word : null;
}
