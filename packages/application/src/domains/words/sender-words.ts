import type { FindingCode } from '@holdfast/domain';
import type { WordsOf } from './finding-words.ts';

/** What proves mail that leaves under the domain’s name. */
export const SENDER_WORDS: WordsOf<Extract<FindingCode, `${'spf' | 'dkim' | 'dmarc'}-${string}`>> =
  {
    'spf-ours': ['Our addresses are allowed', 'Replies in an outage pass SPF.', ''],
    'spf-absent': [
      'There is no SPF record',
      'Nothing tells our mail, or that of Office 365, from a forger’s.',
      'Enter the one record that “Replies from emergency mailboxes” shows.',
    ],
    'spf-several': [
      'There are {} SPF records',
      'Recipients treat SPF as broken, for Office 365 as well as for us (RFC 7208 §4.5).',
      'Put one record in their place: “Replies from emergency mailboxes” shows it.',
    ],
    'spf-syntax': [
      '“{}” cannot be read',
      'The whole record is invalid: SPF fails for all mail of the domain.',
      'Correct or remove this part.',
    ],
    'spf-lookups': [
      'The record costs {} look-ups, ten are allowed',
      'Recipients treat SPF as broken (RFC 7208 §4.6.4).',
      'Remove services that are not used any more, or put addresses in the place of includes.',
    ],
    'spf-lookups-close': [
      'The record costs {} of ten look-ups',
      'One more service, or one more include inside of a present one, makes it invalid.',
      'Remove services that are not used any more.',
    ],
    'spf-void': [
      'More than two names lead nowhere: {}',
      'Recipients treat SPF as broken (RFC 7208 §4.6.4).',
      'Remove these parts.',
    ],
    'spf-broken-include': [
      '{} has no usable SPF record',
      'An include that leads nowhere makes the whole record invalid (RFC 7208 §5.2).',
      'Remove it, or ask the service for its present name.',
    ],
    'spf-circle': [
      'The record leads in a circle at {}',
      'Recipients treat SPF as broken.',
      'Remove the include that leads back.',
    ],
    'spf-plus-all': [
      'The record ends with +all',
      'Everybody in the world may send in the domain’s name.',
      'End it with -all or ~all.',
    ],
    'spf-no-end': [
      'The record has no end',
      'What it does not list is neither allowed nor refused.',
      'End it with -all or ~all.',
    ],
    'spf-ptr': [
      'The record uses ptr',
      'Many recipients ignore it, and it is slow (RFC 7208 §5.5).',
      'List addresses in its place.',
    ],
    'spf-not-ours': [
      'Our addresses are not allowed',
      'In an outage replies fail SPF. With DKIM they still arrive.',
      'Put our part into the one SPF record: “Replies from emergency mailboxes” shows it whole.',
    ],
    'spf-not-told': [
      'It cannot be told whether our mail passes',
      'The addresses that mail leaves from are not known here, or SPF could not be evaluated.',
      'Set HOLDFAST_RELAY_ADDRESSES or HOLDFAST_SPF_INCLUDE on the server.',
    ],
    'spf-silent': [
      'DNS did not answer {}',
      'What could not be read is not judged. Silence is not taken for absence.',
      '',
    ],
    'spf-disagreement': [
      'Resolvers do not say the same',
      'A change is on its way, or a name server of the domain is behind.',
      'Check again when the TTL is over.',
    ],
    'dkim-published': ['The key {} is published', 'Mail that leaves here is signed with it.', ''],
    'dkim-absent': [
      'The key {} is not published',
      'Mail leaves unsigned. A signature is the only proof that survives forwarding.',
      'Enter the record that “Replies from emergency mailboxes” shows.',
    ],
    'dkim-wrong': [
      'Something else stands at {}',
      'Mail leaves unsigned.',
      'Replace it with the record that “Replies from emergency mailboxes” shows.',
    ],
    'dkim-gone': [
      'The record of {} is gone',
      'It was right before. Mail leaves unsigned until it is back.',
      'Enter it again.',
    ],
    'dkim-no-key': ['There is no key yet', 'It is made with the first check.', ''],
    'dkim-silent': ['DNS did not answer for {}', 'The state of the key is from before.', ''],
    'dmarc-absent': [
      'There is no DMARC policy',
      'Recipients decide for themselves about mail that nothing proves.',
      'Begin with v=DMARC1; p=none and an address for reports.',
    ],
    'dmarc-several': [
      'There are several DMARC records',
      'They count as none (RFC 9989).',
      'Leave one.',
    ],
    'dmarc-syntax': [
      'The record is not right: {}',
      'Recipients take the policy as none, or ignore the record.',
      'Correct it.',
    ],
    'dmarc-none': [
      'The policy asks for reports only',
      'Unproved mail is treated as without a policy.',
      '',
    ],
    'dmarc-enforced': [
      'Unproved mail is kept out: {}',
      'Replies in an outage are proved by DKIM or SPF under the address of the user, so they arrive.',
      '',
    ],
    'dmarc-enforced-unproved': [
      'Replies in an outage would fail the policy: {}',
      'Neither DKIM nor SPF proves our mail: recipients refuse it or put it into junk.',
      'Enter our DKIM record, or our part of SPF. One is enough, both are best.',
    ],
    'dmarc-inherited': [
      'The policy stands at {}',
      'This domain has none of its own: that for subdomains holds.',
      '',
    ],
    'dmarc-testing': [
      'The policy is marked as a test',
      'Recipients do one step less than it says (t=y).',
      '',
    ],
    'dmarc-silent': ['DNS did not answer', 'The policy is not known newly.', ''],
  };
