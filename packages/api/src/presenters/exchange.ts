import type { ExchangeDifference } from '@holdfast/application';
import { establishedOf } from '@holdfast/application';
import type { ExchangeView } from '@holdfast/contracts';
import { cmdletLine, cmdletsOf, findingWords, stepWords } from '@holdfast/domain';
import { toIso } from './instant.ts';

/** Changes that a page shows; all of them are in the audit log. */
const SHOWN_CHANGES = 20;

export function presentExchange(reading: ExchangeDifference): ExchangeView {
  const { side, plan, failure, lockedDown, attestation, changes } = reading;
  return {
    filtering: side.filtering,
    junkRule: side.junkRule,
    established: establishedOf(reading),
    lockedDown,
    failure,
    steps: plan.steps.map((step) => ({
      ...stepWords(step),
      cmdlets: cmdletsOf(step).map(cmdletLine),
    })),
    findings: plan.findings.map((finding) => ({ level: finding.level, ...findingWords(finding) })),
    check: side.check === null ? null : { at: toIso(side.check.at), detail: side.check.detail },
    attestedBy: attestation?.value === true ? attestation.by : null,
    changes: changes
      .filter(({ state }) => state !== 'refused')
      .slice(-SHOWN_CHANGES)
      .toReversed()
      .map(({ id, at, actor, way, state, step }) => ({
        id,
        at: toIso(at),
        actor,
        byHand: way === 'by-hand',
        uncertain: state === 'intended',
        title: stepWords(step).title,
      })),
  };
}
