/** No message takes longer, whatever its size: 50 MB in it need 14 kB/s. Unit: milliseconds. */
const DATA_TIME_BUDGET = 3_600_000;
/** After the first minute a client has to send at least so much on average. Unit: bytes per second. */
const LEAST_DATA_RATE = 1000;
/** Unit: milliseconds. */
const DATA_GRACE = 60_000;

export interface PaceLimits {
  readonly budget: number;
  readonly leastRate: number;
  readonly grace: number;
}

export const PACE: PaceLimits = {
  budget: DATA_TIME_BUDGET,
  leastRate: LEAST_DATA_RATE,
  grace: DATA_GRACE,
};

/** Whether a client holds its place by sending next to nothing. `elapsed` leaves out what it waited for us. */
export function isTooSlow(elapsed: number, bytes: number, limits: PaceLimits): boolean {
  if (elapsed > limits.budget) return true;
  return elapsed > limits.grace && bytes < (elapsed / 1000) * limits.leastRate;
}
