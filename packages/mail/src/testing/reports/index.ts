/** Delivery reports as mail systems really write them, all about one message, and what is none. */
import { BARE_REPORTS } from './bare.ts';
import { NO_REPORTS } from './none.ts';
import type { SampleReport } from './sample.ts';
import { STRUCTURED_REPORTS } from './structured.ts';

export { NO_REPORTS };
export { ABOUT, LEE, type SampleReport } from './sample.ts';

export const SAMPLE_REPORTS: readonly SampleReport[] = [...STRUCTURED_REPORTS, ...BARE_REPORTS];
