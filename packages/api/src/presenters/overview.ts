import type { LedgerReading, OverviewReading } from '@holdfast/application';
import type { Overview } from '@holdfast/contracts';
import { presentCoverage } from './coverage.ts';
import { presentEvent } from './events.ts';
import { toIso, toIsoOrNull } from './instant.ts';
import { presentPrimary } from './primary.ts';

export function presentOverview(reading: OverviewReading, ledgers: LedgerReading | null): Overview {
  const { mail, primary, coverage, event, needs } = reading;
  return {
    mail: {
      hours: mail.hours.map(({ hour, accepted, delivered }) => {
        return { hour: toIso(hour), accepted, delivered };
      }),
      waiting: mail.waiting,
      inReview: mail.inReview,
      quarantined: mail.quarantined,
      oldestWaiting: toIsoOrNull(mail.oldestWaiting),
    },
    primary: presentPrimary(primary),
    coverage: presentCoverage(coverage),
    event: event === null ? null : presentEvent(event),
    needs: needs.map(({ id, level, title, detail, href }) => ({ id, level, title, detail, href })),
    ledger: ledgers?.inbound ?? null,
    outboundLedger: ledgers?.outbound ?? null,
    noticesLedger: ledgers?.notices ?? null,
  };
}
