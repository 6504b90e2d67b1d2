import {
  normalise,
  type DnsFault,
  type Lookup,
  type Names,
  type RecordType,
  type Zone,
  type ZoneRecord,
} from './zone.ts';

/**
 * Another resolver, which has cached what it was told: it answers from the zone, but for the records that are set here,
 * as one does that still has yesterday's. Its answers are not authoritative.
 */
export class SecondResolver implements Names {
  readonly authoritative = false;
  readonly #zone: Zone;
  /** Null: it has cached that there is no such record. */
  readonly #cached = new Map<string, ZoneRecord | null>();
  readonly #faults = new Map<string, DnsFault>();

  constructor(zone: Zone) {
    this.#zone = zone;
  }

  reset(): void {
    this.#cached.clear();
    this.#faults.clear();
  }

  set(record: ZoneRecord): void {
    this.#cached.set(keyOf(record.name, record.type), { ...record, name: normalise(record.name) });
  }

  remove(name: string, type: RecordType): void {
    this.#cached.set(keyOf(name, type), null);
  }

  setFault(name: string, fault: DnsFault | null): void {
    if (fault === null) this.#faults.delete(normalise(name));
    else this.#faults.set(normalise(name), fault);
  }

  lookup(name: string, type: string): Lookup {
    const fault = this.#faults.get(normalise(name)) ?? this.#faults.get('*');
    if (fault !== undefined) return { fault };
    const cached = this.#cached.get(keyOf(name, type));
    if (cached === undefined) return this.#zone.lookup(name, type);
    return { found: true, records: cached === null ? [] : [cached] };
  }
}

const keyOf = (name: string, type: string): string => `${normalise(name)}/${type}`;
