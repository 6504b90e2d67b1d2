/**
 * How long an unknown client waits for its greeting. Who speaks before it is no mail server: those wait, most bots do not.
 * Unit: milliseconds.
 */
export const GREETING_DELAY = 250;
/** A client that waited once need not wait again for so long. Unit: milliseconds. */
const MEMORY = 7 * 86_400_000;
/** The longest silent go first. */
const MOST_REMEMBERED = 50_000;

/** Who has waited for a greeting and then spoken as it should. Time is given. */
export class GreetedClients {
  readonly #until = new Map<string, number>();

  isKnown(ip: string, now: number): boolean {
    const until = this.#until.get(ip);
    if (until === undefined) return false;
    if (until > now) return true;
    this.#until.delete(ip);
    return false;
  }

  remember(ip: string, now: number): void {
    this.#until.delete(ip);
    this.#until.set(ip, now + MEMORY);
    const [oldest] = this.#until.keys();
    if (this.#until.size > MOST_REMEMBERED && oldest !== undefined) this.#until.delete(oldest);
  }
}
