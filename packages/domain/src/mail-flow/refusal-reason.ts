/** Why the other side did not take a message, as far as its answer tells. */
export type RefusalReason =
  | 'no-such-address'
  | 'no-such-domain'
  | 'mailbox-full'
  | 'mailbox-off'
  | 'too-large'
  | 'content-refused'
  | 'sender-refused'
  | 'not-permitted'
  | 'gave-up'
  | 'unknown';

/** Enhanced status codes (RFC 3463, IANA registry), class left out: what is said of a refusal is the same for 4 and 5. */
const BY_CODE: readonly (readonly [RegExp, RefusalReason])[] = [
  [/^1\.(?:1|6|10)$/, 'no-such-address'],
  [/^1\.(?:2|3)$/, 'no-such-domain'],
  [/^4\.(?:1|3|4|7)$/, 'gave-up'],
  [/^2\.1$/, 'mailbox-off'],
  [/^2\.2$/, 'mailbox-full'],
  [/^(?:2\.3|3\.4)$/, 'too-large'],
  [/^1\.(?:7|8)$/, 'sender-refused'],
  [/^7\.(?:8|9|20|21|22|23|24|25|26|27|28)$/, 'sender-refused'],
  [/^6\.\d+$/, 'content-refused'],
  [/^7\.\d+$/, 'not-permitted'],
];

/** For servers that give no such code, or one that says nothing. English is what they all speak. */
const BY_WORDS: readonly (readonly [RegExp, RefusalReason])[] = [
  [
    /\b(?:no such (?:user|mailbox|address|recipient)|user unknown|unknown (?:user|recipient|mailbox)|(?:user|mailbox|address|recipient) (?:not found|does not exist|doesn't exist|unknown)|recipient address rejected|invalid (?:recipient|mailbox))\b/i,
    'no-such-address',
  ],
  [
    /\b(?:domain (?:not found|does not exist)|host (?:not found|unknown)|no (?:mx|mail server)|accepts no mail)\b/i,
    'no-such-domain',
  ],
  [/\b(?:mailbox (?:is )?full|over ?quota|quota exceeded|insufficient storage)\b/i, 'mailbox-full'],
  [/\b(?:mailbox|account) (?:is )?(?:disabled|inactive|suspended)\b/i, 'mailbox-off'],
  [
    /\b(?:message|size) (?:is )?(?:too (?:large|big)|exceeds)\b|\bmaximum (?:message )?size\b/i,
    'too-large',
  ],
  [/\b(?:spam|virus|malware|content rejected|blocked content)\b/i, 'content-refused'],
  [/\b(?:spf|dkim|dmarc|black ?list(?:ed)?|block ?list(?:ed)?|reputation)\b/i, 'sender-refused'],
  [/\b(?:not (?:allowed|permitted|authori[sz]ed)|access denied|policy)\b/i, 'not-permitted'],
  [/\b(?:given up|expired|timed? ?out|too many tries)\b/i, 'gave-up'],
];

/** `reply`: what the host answered, code first; null when none did. */
export function refusalReason(reply: string | null): RefusalReason {
  if (reply === null) return 'unknown';
  const code = /\b[45]\.(\d{1,3}\.\d{1,3})\b/.exec(reply)?.[1];
  const named = code === undefined ? undefined : BY_CODE.find(([known]) => known.test(code));
  // Exchange says 5.7.x, and others 5.1.0, for almost anything: their words decide before a general code does.
  if (named !== undefined && named[1] !== 'not-permitted') return named[1];
  const worded = BY_WORDS.find(([words]) => words.test(reply));
  return worded?.[1] ?? named?.[1] ?? 'unknown';
}
