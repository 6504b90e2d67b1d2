import { SpoolRefusedError, type CopySpool, type SpoolWriter } from '@holdfast/application';
import { copyInstanceName } from './segment-name.ts';
import { createSpoolWriter, type SpoolWriterOptions } from './writer.ts';

const DAY = 24 * 60 * 60 * 1000;
/** Copies of this many days share an instance: their bytes go that much later than their rows, at most. */
export const DAYS_TOGETHER = 5;

export interface CopySpoolOptions extends Omit<SpoolWriterOptions, 'instanceName'> {
  /** Makes names of instances differ from one start to the next. */
  readonly makeId: () => string;
}

/**
 * Retention removes whole segments, when the newest record in them is over. Copies of a mailbox are of a month, so each few
 * days of receipt have a writer of their own, whose name says until when.
 */
export function createCopySpool(options: CopySpoolOptions): CopySpool {
  const { makeId, ...shared } = options;
  const writers = new Map<number, SpoolWriter>();
  let closed = false;
  return {
    append(head, body) {
      if (closed) return Promise.reject(new SpoolRefusedError('closed', 'Copying has ended'));
      const until = (Math.floor(head.acceptedAt / (DAYS_TOGETHER * DAY)) + 1) * DAYS_TOGETHER * DAY;
      const writer =
        writers.get(until) ??
        createSpoolWriter({ ...shared, instanceName: copyInstanceName(until, makeId()) });
      writers.set(until, writer);
      return writer.append(head, body);
    },
    async close() {
      closed = true;
      await Promise.all([...writers.values()].map((writer) => writer.close()));
    },
  };
}
