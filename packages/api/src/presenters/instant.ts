import type { IsoInstant } from '@holdfast/contracts';

/** ISO 8601, UTC. */
export function toIso(at: number): IsoInstant {
  return new Date(at).toISOString();
}

export function toIsoOrNull(at: number | null): IsoInstant | null {
  return at === null ? null : toIso(at);
}

export function fromIsoOrNull(iso: IsoInstant | null): number | null {
  return iso === null ? null : Date.parse(iso);
}
