import type { DnsAnswer, LiveDns } from '@holdfast/application';
import {
  settleAnswers,
  type DnsReading,
  type DnsType,
  type DnsValues,
  type MxObservation,
  type ResolverAnswer,
} from '@holdfast/domain';

type Answered = DnsValues[DnsType];

/** By type and name, `A mx1.holdfast.example`: what every resolver says, or each of them. */
export type FakeRecords = Map<string, Partial<ResolverAnswer<Answered>> | 'silent' | 'absent'>;

interface Sources {
  readonly dns: ReadonlyMap<string, DnsAnswer<MxObservation>>;
  readonly txt: ReadonlyMap<string, readonly string[] | 'silent'>;
  readonly records: FakeRecords;
}

const PLAIN: Omit<ResolverAnswer<Answered>, 'outcome'> = {
  resolver: '192.0.2.53',
  values: [],
  ttl: null,
  aliases: [],
  authoritative: false,
  authenticated: false,
  detail: null,
};

/** Two maps that tests fill by name, and one for all else. What is in none of them does not exist. */
export function createFakeLiveDns(sources: Sources): LiveDns {
  return {
    ask: async <Type extends DnsType>(name: string, type: Type) =>
      // The maps hold what the test has put there for this type.
      settleAnswers([answerOf(sources, name, type)]) as DnsReading<DnsValues[Type]>,
  };
}

function answerOf({ dns, txt, records }: Sources, name: string, type: DnsType) {
  const set = records.get(`${type} ${name}`);
  if (set === 'silent') return silent('timeout');
  if (set === 'absent') return { ...PLAIN, outcome: 'absent' as const };
  if (set !== undefined) return { ...PLAIN, outcome: 'found' as const, ttl: 300, ...set };
  if (type === 'MX') return mxOf(dns.get(name));
  if (type !== 'TXT') return { ...PLAIN, outcome: 'absent' as const };
  const texts = txt.get(name);
  if (texts === 'silent') return silent('timeout');
  if (texts === undefined) return { ...PLAIN, outcome: 'absent' as const };
  return { ...PLAIN, outcome: 'found' as const, values: texts, ttl: 300 };
}

function mxOf(answer: DnsAnswer<MxObservation> | undefined): ResolverAnswer<Answered> {
  if (answer === undefined) return silent('no resolver');
  if (answer.ok) {
    const { records, ttl } = answer.value;
    return { ...PLAIN, outcome: records.length === 0 ? 'absent' : 'found', values: records, ttl };
  }
  return answer.failure === 'absent' ? { ...PLAIN, outcome: 'absent' } : silent(answer.detail);
}

function silent(detail: string): ResolverAnswer<Answered> {
  return { ...PLAIN, outcome: 'silent', detail };
}
