import type { ContentFinding } from '@holdfast/domain';
import type { Inspection } from './inspection.ts';

export interface FilteredMessage {
  /** Id of the record to be, for the filter's own log. */
  readonly id: string;
  readonly clientIp: string;
  readonly helo: string;
  /** Empty for the null sender. */
  readonly envelopeFrom: string;
  readonly recipients: readonly string[];
}

/** A spam filter or virus scanner beside us. It may be slow, wrong or gone: then the finding says so, in bounded time. */
export interface ContentFilter {
  begin(message: FilteredMessage): Inspection<ContentFinding>;
}
