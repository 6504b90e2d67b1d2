/** Outlook answers four requests to a mailbox at once and refuses the fifth (reference 2.6). */
const LANES_PER_MAILBOX = 4;

interface Mailbox {
  busy: number;
  readonly waiting: (() => void)[];
}

/** Of the process, as Microsoft's limit is of the application. */
const mailboxes = new Map<string, Mailbox>();

/** Runs `work` when one of the mailbox's lanes is free. */
export async function inLane<T>(name: string, work: () => Promise<T>): Promise<T> {
  const mailbox = mailboxes.get(name) ?? { busy: 0, waiting: [] };
  mailboxes.set(name, mailbox);
  if (mailbox.busy < LANES_PER_MAILBOX) mailbox.busy += 1;
  else await new Promise<void>((resolve) => mailbox.waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = mailbox.waiting.shift();
    // The lane goes to whoever waits longest, or is free.
    if (next !== undefined) next();
    else mailbox.busy -= 1;
    if (mailbox.busy === 0) mailboxes.delete(name);
  }
}
