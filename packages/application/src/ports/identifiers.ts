/** Ids and randomness, so that use cases stay repeatable in tests. */
export interface Identifiers {
  /** A new uuidv7: sorts by the time it was made. */
  uuid(): string;
  /** A uuidv7 of the same time as `id`, and always the same one for this `id` and `name`. */
  derived(id: string, name: string): string;
  /** `count` cryptographically random bytes. */
  bytes(count: number): Uint8Array;
  /** Uniform in [0, 1), for jitter; not for secrets. */
  fraction(): number;
}
