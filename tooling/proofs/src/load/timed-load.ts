import { sendLoad, type LoadMessage } from '@holdfast/e2e/smtp-client';

interface TimedLoadOptions {
  readonly port: number;
  readonly connections: number;
  readonly count: number;
  readonly message: (number: number) => LoadMessage;
}

/** Milliseconds from the beginning of each message to its `250`, in the order of beginning. All have to be accepted at once. */
export async function timedLoad(options: TimedLoadOptions): Promise<readonly number[]> {
  const begun = new Map<string, number>();
  const { accepted, deferred } = await sendLoad({
    ...options,
    message(number) {
      const next = options.message(number);
      begun.set(next.messageId, Date.now());
      return next;
    },
  });
  if (accepted.length < options.count || deferred > 0) {
    throw new Error(`${accepted.length} of ${options.count} accepted, ${deferred} put off.`);
  }
  const ended = new Map(accepted.map(({ messageId, at }) => [messageId, at]));
  return [...begun].map(([messageId, at]) => (ended.get(messageId) ?? at) - at);
}
