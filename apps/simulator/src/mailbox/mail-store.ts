import { Mailbox } from './mailbox.ts';

/** A set of mailboxes by primary address; made on first use. */
export class MailStore {
  readonly #mailboxes = new Map<string, Mailbox>();

  mailbox(address: string): Mailbox {
    const key = address.toLowerCase();
    const found = this.#mailboxes.get(key);
    if (found !== undefined) return found;
    const made = new Mailbox(key);
    this.#mailboxes.set(key, made);
    return made;
  }

  existing(address: string): Mailbox | undefined {
    return this.#mailboxes.get(address.toLowerCase());
  }

  all(): Mailbox[] {
    return [...this.#mailboxes.values()];
  }

  clear(): void {
    this.#mailboxes.clear();
  }
}
