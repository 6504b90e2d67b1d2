import type { MailHeaders } from '../mailbox/read-headers.ts';

/** The properties of Get-TransportRule that the simulation keeps and obeys. */
export interface TransportRule {
  readonly Name: string;
  readonly Identity: string;
  readonly State: 'Enabled' | 'Disabled';
  readonly Mode: string;
  readonly Priority: number;
  readonly Comments: string | null;
  readonly HeaderContainsMessageHeader: string | null;
  readonly HeaderContainsWords: readonly string[];
  readonly HeaderMatchesMessageHeader: string | null;
  readonly HeaderMatchesPatterns: readonly string[];
  readonly SenderIpRanges: readonly string[];
  readonly SetSCL: number | null;
  readonly SetHeaderName: string | null;
  readonly SetHeaderValue: string | null;
}

/** From this spam confidence level on, the default policy files mail into Junk Email. */
const JUNK_SCL = 5;

export class TransportRules {
  rules: TransportRule[] = [];

  /** True when an enabled rule gives the message a junk spam confidence level. The first match decides. */
  isJunk(headers: MailHeaders): boolean {
    const scl = this.rules
      .filter((rule) => rule.State === 'Enabled' && rule.SetSCL !== null && matches(rule, headers))
      .map((rule) => rule.SetSCL)[0];
    return typeof scl === 'number' && scl >= JUNK_SCL;
  }
}

function matches(rule: TransportRule, headers: MailHeaders): boolean {
  const words = (name: string | null, test: (value: string) => boolean) =>
    name !== null && headers.values(name).some(test);
  if (rule.HeaderContainsMessageHeader !== null) {
    return words(rule.HeaderContainsMessageHeader, (value) =>
      rule.HeaderContainsWords.some((word) => value.toLowerCase().includes(word.toLowerCase())),
    );
  }
  if (rule.HeaderMatchesMessageHeader !== null) {
    return words(rule.HeaderMatchesMessageHeader, (value) =>
      rule.HeaderMatchesPatterns.some((pattern) => new RegExp(pattern, 'i').test(value)),
    );
  }
  return false;
}
