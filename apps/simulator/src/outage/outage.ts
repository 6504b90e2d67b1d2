export const OUTAGE_SHAPES = [
  'none',
  'transport',
  'mailbox',
  'identity',
  'throttle',
  'outbound',
] as const;
export type OutageShape = (typeof OUTAGE_SHAPES)[number];

/** Where in the SMTP dialogue a scripted reply is given. */
export type ReplyStage = 'mail' | 'rcpt' | 'data';

/**
 * What happens to whoever connects to the SMTP host: `reset` ends the connection at once, `busy` says 421 in place of the
 * banner, `silent` says nothing for as long as somebody listens (a slow loris). For every mail server here, since they
 * share a port and nobody has said yet who the mail is for.
 */
export const CONNECTION_MODES = ['accepted', 'reset', 'busy', 'silent'] as const;
export type ConnectionMode = (typeof CONNECTION_MODES)[number];

export interface OutageSettings {
  readonly shape: OutageShape;
  /** What the tenant's SMTP host answers to attempt 1, 2, …; the last one repeats. Overrides the shape's own reply. */
  readonly replies?: readonly string[] | undefined;
  readonly after?: ReplyStage | undefined;
  readonly connection?: ConnectionMode | undefined;
}

export interface SmtpReply {
  readonly code: number;
  readonly text: string;
}

/** Replies about one mailbox come after the message was seen (store driver, quota, size), all others at RCPT. */
const MAILBOX_REPLY = /STOREDRV|\b5\.2\.\d|\b4\.2\.\d|\b5\.3\.4/;

/** What is broken in the simulated Office 365 right now, and since when. */
export class Outage {
  #settings: OutageSettings = { shape: 'none' };
  #since = Date.now();
  #previous: { shape: OutageShape; startedAt: number; endedAt: number } | null = null;
  readonly #attempts = new Map<string, number>();

  get shape(): OutageShape {
    return this.#settings.shape;
  }

  get settings(): OutageSettings {
    return this.#settings;
  }

  get since(): number {
    return this.#since;
  }

  /** The last outage that is over; service health goes on to speak of it for a while. */
  get previous() {
    return this.#previous;
  }

  set(settings: OutageSettings): void {
    const now = Date.now();
    if (this.shape !== 'none' && settings.shape !== this.shape) {
      this.#previous = { shape: this.shape, startedAt: this.#since, endedAt: now };
    }
    if (settings.shape !== this.shape) this.#since = now;
    this.#settings = settings;
    this.#attempts.clear();
  }

  reset(): void {
    this.#settings = { shape: 'none' };
    this.#since = Date.now();
    this.#previous = null;
    this.#attempts.clear();
  }

  get connection(): ConnectionMode {
    return this.#settings.connection ?? 'accepted';
  }

  /** Mailboxes cannot be read through Graph. */
  get mailboxesDown(): boolean {
    return this.shape === 'transport' || this.shape === 'mailbox';
  }

  /**
   * What the tenant's SMTP host answers at this stage instead of going on; undefined when all is well.
   * @param key who the attempt counts for: the recipient, or the sender at MAIL.
   */
  smtpReply(stage: ReplyStage, key: string, clientAddress: string): SmtpReply | undefined {
    const scripted = this.#settings.replies;
    if (scripted !== undefined && scripted.length > 0) {
      return this.#scriptedReply(scripted, stage, key);
    }
    if (stage !== 'rcpt') return undefined;
    switch (this.shape) {
      case 'transport':
        return parseReply('451 4.3.2 Temporary server error. Please try again later ATTR1');
      case 'throttle':
        return parseReply(
          `451 4.7.500 Server busy. Please try again later from [${clientAddress}]. (S77714)`,
        );
      case 'none':
      case 'mailbox':
      case 'identity':
      case 'outbound':
        return undefined;
    }
  }

  #scriptedReply(replies: readonly string[], stage: ReplyStage, key: string) {
    const attempt = this.#attempts.get(key) ?? 0;
    const line = replies[Math.min(attempt, replies.length - 1)] ?? '';
    const at = this.#settings.after ?? (MAILBOX_REPLY.test(line) ? 'data' : 'rcpt');
    if (at !== stage) return undefined;
    this.#attempts.set(key, attempt + 1);
    const reply = parseReply(line);
    return reply.code < 400 ? undefined : reply;
  }
}

/** Splits "451 4.3.2 text" into code and text. */
export function parseReply(line: string): SmtpReply {
  const match = /^(\d{3})[ -]?(.*)$/s.exec(line.trim());
  return { code: Number(match?.[1] ?? 451), text: match?.[2] ?? line };
}
