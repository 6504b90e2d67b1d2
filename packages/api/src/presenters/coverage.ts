import type { CoverageReading } from '@holdfast/application';
import type { Coverage } from '@holdfast/contracts';

export function presentCoverage(reading: CoverageReading): Coverage {
  const { protected: count, reachable, byState } = reading;
  return { protected: count, reachable, byState };
}
