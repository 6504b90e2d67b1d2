/** A rate with a burst of one minute's worth. Time is given: milliseconds, never going back. */
export class TokenBucket {
  readonly #perMinute: number;
  #tokens: number;
  #at: number;

  constructor(perMinute: number, now: number) {
    this.#perMinute = perMinute;
    this.#tokens = perMinute;
    this.#at = now;
  }

  /** False: the rate is exceeded. */
  take(now: number): boolean {
    this.#refill(now);
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  /** Nothing was taken for a minute: the same as a new one. */
  isFull(now: number): boolean {
    this.#refill(now);
    return this.#tokens >= this.#perMinute;
  }

  isEmpty(now: number): boolean {
    this.#refill(now);
    return this.#tokens < 1;
  }

  #refill(now: number): void {
    const gained = ((now - this.#at) * this.#perMinute) / 60_000;
    if (gained <= 0) return;
    this.#tokens = Math.min(this.#perMinute, this.#tokens + gained);
    this.#at = now;
  }
}
