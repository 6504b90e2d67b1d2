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
  readonly StopRuleProcessing: boolean;
}

/** From this spam confidence level on, the default policy files mail into Junk Email. */
const JUNK_SCL = 5;

export class TransportRules {
  #rules: readonly TransportRule[] = [];

  /** In the order of their priority. */
  get rules(): readonly TransportRule[] {
    return this.#rules;
  }

  replace(rules: readonly TransportRule[]): void {
    this.#rules = rules.map((rule, at) => ({ ...rule, Priority: at }));
  }

  /** All rules that match are applied in turn: of several that set a spam confidence level the last one counts. */
  isJunk(headers: MailHeaders): boolean {
    let scl: number | null = null;
    for (const rule of this.#rules) {
      if (rule.State !== 'Enabled' || rule.Mode !== 'Enforce' || !matches(rule, headers)) continue;
      scl = rule.SetSCL ?? scl;
      if (rule.StopRuleProcessing) break;
    }
    return scl !== null && scl >= JUNK_SCL;
  }
}

function matches(rule: TransportRule, headers: MailHeaders): boolean {
  const words = (name: string | null, test: (value: string) => boolean) =>
    name !== null && headers.values(name).some(test);
  if (rule.HeaderContainsMessageHeader !== null) {
    return words(rule.HeaderContainsMessageHeader, (value) =>
      rule.HeaderContainsWords.some((word) => hasWord(value, word)),
    );
  }
  if (rule.HeaderMatchesMessageHeader !== null) {
    return words(rule.HeaderMatchesMessageHeader, (value) =>
      rule.HeaderMatchesPatterns.some((pattern) => new RegExp(pattern, 'i').test(value)),
    );
  }
  return false;
}

/** Whole words, without regard to case: "junk" is not in "junkyard". */
function hasWord(value: string, word: string): boolean {
  const literal = word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(String.raw`(?<!\w)${literal}(?!\w)`, 'i').test(value);
}
