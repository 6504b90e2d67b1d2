import type { FindingCode } from '@holdfast/domain';
import type { WordsOf } from './finding-words.ts';

/** What senders are told of encryption on the way to us. */
export const TRANSPORT_WORDS: WordsOf<Extract<FindingCode, `${'sts' | 'rpt' | 'dane'}-${string}`>> =
  {
    'sts-absent': [
      'There is no MTA-STS policy',
      'Senders encrypt when they can. Nobody refuses to deliver.',
      '',
    ],
    'sts-several': [
      'There are {} _mta-sts records',
      'Senders act as if there were no policy.',
      'Leave one.',
    ],
    'sts-syntax': [
      'The _mta-sts record cannot be read',
      'Senders act as if there were no policy.',
      'It must read v=STSv1; id=… with up to 32 letters and digits.',
    ],
    'sts-unreachable': [
      'The policy file cannot be fetched: {}',
      'New senders see no policy. Those that have kept it go by the old one until its max_age is over, and we cannot see which hosts it names.',
      'Serve it at https://mta-sts.<domain>/.well-known/mta-sts.txt with a valid certificate.',
    ],
    'sts-redirect': [
      'The policy file is redirected: {}',
      'Senders must not follow (RFC 8461 §3.3): they see no policy.',
      'Serve it at its place.',
    ],
    'sts-unreadable': [
      'The policy file cannot be read: {}',
      'Senders act as if there were no policy.',
      'Correct it.',
    ],
    'sts-off': ['The policy says “none”', 'Senders act as if there were no policy.', ''],
    'sts-testing': [
      'Our hosts are named; the policy is a test',
      'Senders report what would fail, and deliver.',
      '',
    ],
    'sts-enforced': [
      'Our hosts are named; senders keep to it for {} s',
      'Senders deliver to us only with a certificate that is right.',
      '',
    ],
    'sts-without-us': [
      '{} is not in the policy',
      'Senders that keep to MTA-STS, Google and Microsoft among them, refuse to deliver to us.',
      'Add it to the policy file, change the id of the _mta-sts record, and wait max_age before MX points here.',
    ],
    'sts-without-us-testing': [
      '{} is not in the policy, which is a test',
      'Senders report it. Once the policy is enforced they refuse to deliver to us.',
      'Add it to the policy file and change the id of the _mta-sts record.',
    ],
    'sts-without-office365': [
      'The host of Office 365 is not in the policy: {}',
      'On a way back senders would refuse to deliver there for max_age.',
      'Keep it in the policy as well.',
    ],
    'sts-certificate': [
      'Our certificate would not do: {}',
      'Senders that keep to the policy refuse to deliver to us.',
      'Set HOLDFAST_TLS_CERT to a certificate of a public authority that names our hosts.',
    ],
    'sts-silent': ['DNS did not answer', 'Whether there is a policy is not known newly.', ''],
    'rpt-absent': [
      'No reports of failed encryption are asked for',
      'With MTA-STS or DANE you would not hear when senders fail.',
      'Enter _smtp._tls as TXT: v=TLSRPTv1; rua=mailto:… once there is a policy.',
    ],
    'rpt-present': ['Reports go to {}', 'Senders tell daily when encryption failed.', ''],
    'rpt-syntax': [
      'The _smtp._tls record cannot be read',
      'No reports are sent.',
      'It must read v=TLSRPTv1; rua=mailto:… or https:…',
    ],
    'rpt-silent': ['DNS did not answer', 'Whether reports are asked for is not known newly.', ''],
    'dane-absent': [
      'No TLSA records',
      'Senders encrypt without DANE. Nobody refuses to deliver.',
      '',
    ],
    'dane-unsigned': [
      'TLSA of {} is not authenticated by DNSSEC',
      'Senders ignore it (RFC 7672 §2.2). As our resolvers see it: MX and TLSA must both be signed.',
      '',
    ],
    'dane-match': [
      'TLSA of {} matches our certificate',
      'Senders that check DANE deliver to us.',
      '',
    ],
    'dane-mismatch': [
      'TLSA of {} does not match our certificate',
      'Senders that check DANE, Office 365 among them, refuse to deliver to us.',
      'Publish the digest of the present certificate; keep the old one until its TTL is over.',
    ],
    'dane-unusable': [
      'TLSA of {} has no usage that counts',
      'Senders encrypt without checking (RFC 7672 §3.1.3).',
      'Publish 3 1 1.',
    ],
    'dane-other-host': [
      '{} has TLSA records',
      'They are checked by senders; the host is not ours.',
      '',
    ],
    'dane-certificate-unknown': [
      'TLSA of {} cannot be compared',
      'Our certificate lies on another host.',
      'Compare it there: holdfast domain check.',
    ],
    'dane-silent': [
      'DNS did not answer for TLSA of {}',
      'Senders that check DANE wait with delivery when that happens to them.',
      'If it stays, look at the name servers of the host.',
    ],
  };
