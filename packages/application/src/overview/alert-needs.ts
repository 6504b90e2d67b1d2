import { driftWords } from '../domains/words/drift-words.ts';
import type { DomainAlertRecord } from '../records/domain-report.ts';
import type { Need } from './needs.ts';

/** Where the MX records lead: said once, whether by the state of the domain or by the alert. */
export function isAboutMx({ kind }: Pick<DomainAlertRecord, 'kind'>): boolean {
  return kind === 'mx-away' || kind === 'mx-second';
}

/** What has changed in DNS, since when, and what it means. */
export function alertNeeds(alerts: readonly DomainAlertRecord[]): readonly Need[] {
  return alerts.map((alert) => {
    const { title, consequence, mend } = driftWords(alert);
    const { domain, kind, subject, level, since } = alert;
    const id = isAboutMx(alert) ? `domain-${domain}` : `drift-${domain}-${kind}-${subject}`;
    const at = `${new Date(since).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
    return { id, level, title, detail: `Since ${at}. ${consequence} ${mend}`, href: '/domains' };
  });
}
