import { INITIAL_DOMAIN, PRIMARY_DOMAIN, WEB_DOMAIN } from './identity.ts';
import { seedDirectory } from './directory-seed.ts';
import { MembershipLog, type MembershipChange } from './membership-log.ts';
import { type Place, Population, type PopulationSize, sizeFor } from './population.ts';
import type {
  DirectoryContact,
  DirectoryGroup,
  DirectoryUser,
  PublicFolder,
  Recipient,
} from './recipient.ts';

/** `changed`: can be restored for 30 days; `deleted`: gone for good. */
export type RemovalReason = 'changed' | 'deleted';

/** A recipient as it stands, or stood, in the directory, with the version that touched it last. */
interface Entry {
  readonly recipient: Recipient;
  readonly changedAt: number;
  readonly removed: RemovalReason | null;
  /** Where it is listed; kept for life, so that a listing under way misses nobody. */
  readonly position: number;
}

export interface Change {
  readonly recipient: Recipient;
  readonly removed: RemovalReason | null;
  readonly cursor: Cursor;
}

/** How far somebody has got in the history of the directory. */
export interface Cursor {
  readonly version: number;
  readonly position: number;
}

/** Domains whose mail this tenant takes. */
export const MAIL_DOMAINS: readonly string[] = [PRIMARY_DOMAIN, INITIAL_DOMAIN];

/** True for every domain that belongs to the tenant, with or without mail. */
export function isTenantDomain(domain: string): boolean {
  return MAIL_DOMAINS.includes(domain) || domain === WEB_DOMAIN;
}

export const domainOf = (address: string): string =>
  address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** Generated objects are listed after the others; each kind has its own range. */
const GENERATED_FROM = 1_000_000;
const RANGE = 10_000_000;
const RANGES = ['users', 'groups', 'dynamicGroups', 'contacts', 'publicFolders'] as const;

const positionOf = ({ kind, index }: Place): number =>
  GENERATED_FROM + RANGES.indexOf(kind) * RANGE + index;

function placeAt(position: number): Place {
  const at = Math.max(position - GENERATED_FROM, 0);
  return { kind: RANGES[Math.floor(at / RANGE)] ?? 'publicFolders', index: at % RANGE };
}

/**
 * The tenant's address book. Every change gets a version so that `…/delta` can tell what happened since. Of a generated
 * population only what was changed is kept.
 */
export class Directory {
  readonly #entries = new Map<string, Entry>();
  /** Of what is kept and not removed: id by address and by principal name. */
  readonly #names = new Map<string, string>();
  readonly #memberships = new MembershipLog();
  #population = new Population(sizeFor(0));
  #grownAt = 0;
  #version = 1;
  /** Versions before this one are of a world that is forgotten. */
  #oldest = 1;
  #positions = 0;

  constructor() {
    this.reset();
  }

  reset(): void {
    this.#entries.clear();
    this.#names.clear();
    this.#memberships.clear();
    this.#population = new Population(sizeFor(0));
    this.#grownAt = 0;
    this.#version += 1;
    this.#oldest = this.#version;
    this.#positions = 0;
    for (const recipient of seedDirectory()) this.put(recipient);
  }

  get version(): number {
    return this.#version;
  }

  get oldest(): number {
    return this.#oldest;
  }

  get population(): PopulationSize {
    return this.#population.size;
  }

  /** Adds as many users, with groups, contacts and public folders in proportion. Once in a world. */
  grow(users: number): PopulationSize {
    this.#version += 1;
    this.#grownAt = this.#version;
    this.#population = new Population(sizeFor(users));
    return this.#population.size;
  }

  put(recipient: Recipient): void {
    this.#version += 1;
    const known = this.#entry(recipient.id);
    if (recipient.type === 'group') {
      const before = known?.recipient.type === 'group' ? known.recipient.members : [];
      this.#memberships.note(recipient, before, this.#version, (address) => this.resolve(address));
    }
    const position = known?.position ?? this.#positions;
    if (known === undefined) this.#positions += 1;
    this.#keep({ recipient, changedAt: this.#version, removed: null, position });
  }

  remove(id: string, reason: RemovalReason = 'changed'): boolean {
    const entry = this.#entry(id);
    if (entry === undefined || entry.removed === 'deleted' || entry.removed === reason)
      return false;
    this.#version += 1;
    this.#keep({ ...entry, changedAt: this.#version, removed: reason });
    return true;
  }

  /** Brings back what was removed and can be restored. */
  restore(id: string): boolean {
    const entry = this.#entry(id);
    if (entry?.removed !== 'changed') return false;
    this.#version += 1;
    this.#keep({ ...entry, changedAt: this.#version, removed: null });
    return true;
  }

  /** Ids of users that were removed and can be restored. */
  softDeleted(): string[] {
    return [...this.#entries.values()]
      .filter(({ removed, recipient }) => removed === 'changed' && recipient.type === 'user')
      .map(({ recipient }) => recipient.id);
  }

  /** One of the many, who have mailboxes only once somebody looks. */
  isGenerated(id: string): boolean {
    return this.#population.placeOfId(id) !== undefined;
  }

  #keep(entry: Entry): void {
    const { id } = entry.recipient;
    for (const name of namesOf(this.#entries.get(id)?.recipient)) {
      if (this.#names.get(name) === id) this.#names.delete(name);
    }
    if (entry.removed === null) {
      for (const name of namesOf(entry.recipient)) this.#names.set(name, id);
    }
    this.#entries.set(id, entry);
  }

  #entry(id: string): Entry | undefined {
    const kept = this.#entries.get(id);
    if (kept !== undefined) return kept;
    const place = this.#population.placeOfId(id);
    return place === undefined ? undefined : this.#generated(place);
  }

  #generated(place: Place): Entry {
    const recipient = this.#population.make(place);
    return { recipient, changedAt: this.#grownAt, removed: null, position: positionOf(place) };
  }

  /** Everybody of a type from a position on, made only when asked for. */
  *from(type: Recipient['type'], position = 0): Iterable<readonly [number, Recipient]> {
    const own = [...this.#entries.values()]
      .filter((entry) => entry.recipient.type === type && entry.position < GENERATED_FROM)
      .filter((entry) => entry.removed === null && entry.position >= position)
      .sort((a, b) => a.position - b.position);
    for (const entry of own) yield [entry.position, entry.recipient];
    for (const place of this.#population.places(type, placeAt(position))) {
      const made = this.#generated(place);
      const kept = this.#entries.get(made.recipient.id) ?? made;
      if (kept.removed === null) yield [kept.position, kept.recipient];
    }
  }

  /** What happened after a cursor, oldest first; an object stands at its latest change. */
  *changesAfter(type: Recipient['type'], cursor: Cursor): Iterable<Change> {
    const touched = [...this.#entries.values()]
      .filter((entry) => entry.recipient.type === type && isAfter(entry, cursor))
      .sort((a, b) => a.changedAt - b.changedAt || a.position - b.position);
    yield* touched.filter((entry) => entry.changedAt < this.#grownAt).map(toChange);
    if (this.#grownAt >= cursor.version) {
      const from = this.#grownAt === cursor.version ? cursor.position + 1 : 0;
      for (const place of this.#population.places(type, placeAt(from))) {
        const made = this.#generated(place);
        if (!this.#entries.has(made.recipient.id)) yield toChange(made);
      }
    }
    yield* touched.filter((entry) => entry.changedAt > this.#grownAt).map(toChange);
  }

  /** Members who came and went since a version; undefined when the group itself is newer. */
  memberChanges(groupId: string, since: number): readonly MembershipChange[] | undefined {
    if (this.isGenerated(groupId) && this.#grownAt > since) return undefined;
    return this.#memberships.since(groupId, since);
  }

  /** Everybody, one after the other. */
  *each(): Iterable<Recipient> {
    for (const type of ['user', 'group', 'contact', 'publicFolder'] as const) {
      for (const [, recipient] of this.from(type)) yield recipient;
    }
  }

  all(): Recipient[] {
    return [...this.each()];
  }

  #list(type: Recipient['type']): Recipient[] {
    return Array.from(this.from(type), ([, recipient]) => recipient);
  }

  users(): DirectoryUser[] {
    return this.#list('user').filter((recipient) => recipient.type === 'user');
  }

  groups(): DirectoryGroup[] {
    return this.#list('group').filter((recipient) => recipient.type === 'group');
  }

  contacts(): DirectoryContact[] {
    return this.#list('contact').filter((recipient) => recipient.type === 'contact');
  }

  publicFolders(): PublicFolder[] {
    return this.#list('publicFolder').filter((recipient) => recipient.type === 'publicFolder');
  }

  /** By its id, whatever it is. */
  byId(id: string): Recipient | undefined {
    const entry = this.#entry(id.toLowerCase());
    return entry?.removed === null ? entry.recipient : undefined;
  }

  /** By object id or user principal name, as Graph takes both in a path. */
  user(idOrName: string): DirectoryUser | undefined {
    const wanted = idOrName.toLowerCase();
    const found = this.byId(wanted) ?? this.#named(wanted);
    const isIt =
      found?.id === wanted ||
      (found?.type === 'user' && found.userPrincipalName.toLowerCase() === wanted);
    return isIt && found.type === 'user' ? found : undefined;
  }

  /** Who receives mail for the address, aliases and `local+tag` included; undefined when nobody does. */
  resolve(address: string): Recipient | undefined {
    const wanted = address.toLowerCase();
    const found = this.#named(wanted);
    if (found?.addresses.includes(wanted) === true) return found;
    const untagged = wanted.replace(/\+[^@]*@/, '@');
    return untagged === wanted ? undefined : this.resolve(untagged);
  }

  /** Who is kept under the name, or else the one generated object that it can belong to. */
  #named(name: string): Recipient | undefined {
    const kept = this.#names.get(name);
    if (kept !== undefined) return this.byId(kept);
    const place = this.#population.placeOfName(name);
    if (place === undefined) return undefined;
    const { recipient } = this.#generated(place);
    return this.#entries.has(recipient.id) ? undefined : recipient;
  }
}

function namesOf(recipient: Recipient | undefined): readonly string[] {
  if (recipient === undefined) return [];
  const own = recipient.type === 'user' ? [recipient.userPrincipalName.toLowerCase()] : [];
  return [...recipient.addresses, ...own];
}

function isAfter(entry: Entry, cursor: Cursor): boolean {
  return (
    entry.changedAt > cursor.version ||
    (entry.changedAt === cursor.version && entry.position > cursor.position)
  );
}

const toChange = ({ recipient, removed, changedAt, position }: Entry): Change => ({
  recipient,
  removed,
  cursor: { version: changedAt, position },
});

/** The primary address under which the control API lists a mailbox. */
export function primaryAddress(recipient: Recipient): string | undefined {
  return recipient.addresses[0];
}
