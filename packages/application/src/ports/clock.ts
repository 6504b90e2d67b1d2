import type { Instant } from '@holdfast/domain';

/** The only source of time in use cases; tests turn it by hand. */
export interface Clock {
  now(): Instant;
}
