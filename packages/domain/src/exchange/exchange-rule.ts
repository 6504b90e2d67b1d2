import { isOurs, isSameName, ourComment } from './exchange-connector.ts';
import type { ExchangeFinding } from './exchange-finding.ts';
import {
  JUNK_RULE_NAME,
  JUNK_SCL,
  type DesiredExchange,
  type ExchangeRule,
} from './exchange-side.ts';
import type { ExchangeStep, RuleSettings } from './exchange-step.ts';

export function ourRule(rules: readonly ExchangeRule[], tag: string): ExchangeRule | null {
  return rules.find(({ comment }) => isOurs(tag, comment)) ?? null;
}

/** The rule that turns our verdict into Junk Email; null when none is wanted. */
export function junkRuleSettings({ junkRule, tag }: DesiredExchange): RuleSettings | null {
  if (junkRule === null) return null;
  return {
    enabled: true,
    comment: ourComment(tag),
    headerName: junkRule.headerName,
    headerWords: [junkRule.word],
    scl: JUNK_SCL,
  };
}

export function planJunkRule(
  rules: readonly ExchangeRule[] | null,
  desired: DesiredExchange,
): { readonly steps: readonly ExchangeStep[]; readonly findings: readonly ExchangeFinding[] } {
  if (rules === null) return { steps: [], findings: [] };
  const ours = ourRule(rules, desired.tag);
  const settings = junkRuleSettings(desired);
  if (settings === null) {
    return { steps: ours === null ? [] : [{ kind: 'remove-rule', name: ours.name }], findings: [] };
  }
  if (ours !== null) {
    return { steps: changeTo(ours, { ...settings, comment: ours.comment }), findings: [] };
  }
  const subjects = rules.map(({ name }) => name).filter((name) => isSameName(name, JUNK_RULE_NAME));
  return subjects.length > 0
    ? { steps: [], findings: [{ code: 'rule-name-taken', level: 'warns', subjects }] }
    : { steps: [{ kind: 'create-rule', name: JUNK_RULE_NAME, settings }], findings: [] };
}

function changeTo(current: ExchangeRule, wanted: RuleSettings): readonly ExchangeStep[] {
  const keys = (Object.keys(wanted) as (keyof RuleSettings)[]).filter(
    (key) => String(current[key]).toLowerCase() !== String(wanted[key]).toLowerCase(),
  );
  if (keys.length === 0) return [];
  const pick = (from: RuleSettings): Partial<RuleSettings> =>
    Object.fromEntries(keys.map((key) => [key, from[key]]));
  return [{ kind: 'change-rule', name: current.name, before: pick(current), after: pick(wanted) }];
}
