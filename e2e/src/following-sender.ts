import { setTimeout as wait } from 'node:timers/promises';
import type { OutsideWorld } from './outside-world.ts';
import { newMessageId } from './mail.ts';

/** Between two messages. Milliseconds. */
const PAUSE = 150;
/** Between two tries of a message that was deferred. Milliseconds. */
const RETRY = 250;

export interface SentMail {
  readonly messageId: string;
  readonly recipient: string;
  /** The MX host that took it. */
  readonly host: string;
}

export interface SenderReport {
  readonly sent: readonly SentMail[];
  /** Refused for good: what a sender would get back as undeliverable. */
  readonly refused: readonly { readonly messageId: string; readonly reply: string }[];
}

/**
 * An outside mail server that writes to one recipient after the other, all the time, and follows MX as DNS has it: it
 * holds an answer for its TTL and not longer, takes the most preferred host, and comes back with what was deferred.
 */
export class FollowingSender {
  readonly #world: OutsideWorld;
  readonly #portOf: (host: string) => number;
  readonly #recipients: readonly string[];
  readonly #stop = new AbortController();
  readonly #sent: SentMail[] = [];
  readonly #refused: { messageId: string; reply: string }[] = [];
  readonly #running: Promise<void>;
  #held: { readonly host: string; readonly until: number } | null = null;

  constructor(
    world: OutsideWorld,
    recipients: readonly string[],
    portOf: (host: string) => number,
  ) {
    this.#world = world;
    this.#recipients = recipients;
    this.#portOf = portOf;
    this.#running = this.#run();
  }

  /** How many each host has taken so far. */
  takenBy(isOurs: (host: string) => boolean): number {
    return this.#sent.filter(({ host }) => isOurs(host)).length;
  }

  /** After the message that is under way. */
  async stop(): Promise<SenderReport> {
    this.#stop.abort();
    await this.#running;
    return { sent: this.#sent, refused: this.#refused };
  }

  async #run(): Promise<void> {
    for (let number = 0; !this.#stop.signal.aborted; number += 1) {
      const recipient = this.#recipients[number % this.#recipients.length] ?? '';
      await this.#deliver(recipient, newMessageId(), number);
      await wait(PAUSE);
    }
  }

  async #deliver(recipient: string, messageId: string, number: number): Promise<void> {
    for (;;) {
      const host = await this.#mx(recipient.slice(recipient.lastIndexOf('@') + 1));
      const { sent, reply } = await this.#world.send({
        from: 'mona.kane@fabrikam.example',
        to: recipient,
        subject: `Delivery ${number}`,
        text: 'Confirmed for 08:30 at gate 4.',
        messageId,
        mx: `127.0.0.1:${this.#portOf(host)}`,
      });
      if (sent) {
        this.#sent.push({ messageId, recipient, host });
        return;
      }
      if (reply.startsWith('5')) {
        this.#refused.push({ messageId, reply });
        return;
      }
      await wait(RETRY);
    }
  }

  async #mx(domain: string): Promise<string> {
    if (this.#held !== null && this.#held.until > Date.now()) return this.#held.host;
    const record = (await this.#world.dns()).find(
      ({ name, type }) => name === domain && type === 'MX',
    );
    const [best] = (record?.values ?? []).toSorted((a, b) => a.preference - b.preference);
    if (record === undefined || best === undefined) throw new Error(`${domain} has no MX`);
    this.#held = { host: best.exchange, until: Date.now() + record.ttl * 1000 };
    return best.exchange;
  }
}
