import { INITIAL_DOMAIN, PRIMARY_DOMAIN, WEB_DOMAIN } from './identity.ts';
import { seedDirectory } from './directory-seed.ts';
import type {
  DirectoryContact,
  DirectoryGroup,
  DirectoryUser,
  PublicFolder,
  Recipient,
} from './recipient.ts';

/** A recipient together with the directory version that changed it last (for delta queries). */
interface Entry {
  readonly recipient: Recipient;
  readonly changedAt: number;
}

export interface Removal {
  readonly id: string;
  readonly type: Recipient['type'];
  readonly removedAt: number;
}

/** Domains whose mail this tenant takes. */
export const MAIL_DOMAINS: readonly string[] = [PRIMARY_DOMAIN, INITIAL_DOMAIN];

/** True for every domain that belongs to the tenant, with or without mail. */
export function isTenantDomain(domain: string): boolean {
  return MAIL_DOMAINS.includes(domain) || domain === WEB_DOMAIN;
}

export const domainOf = (address: string): string =>
  address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** The tenant's address book. Every change gets a version so that `…/delta` can tell what happened since. */
export class Directory {
  readonly #entries = new Map<string, Entry>();
  #removals: Removal[] = [];
  #version = 1;

  constructor() {
    this.reset();
  }

  reset(): void {
    this.#entries.clear();
    this.#removals = [];
    this.#version += 1;
    for (const recipient of seedDirectory()) this.put(recipient);
  }

  get version(): number {
    return this.#version;
  }

  put(recipient: Recipient): void {
    this.#version += 1;
    this.#entries.set(recipient.id, { recipient, changedAt: this.#version });
  }

  remove(id: string): boolean {
    const entry = this.#entries.get(id);
    if (entry === undefined) return false;
    this.#version += 1;
    this.#entries.delete(id);
    this.#removals.push({ id, type: entry.recipient.type, removedAt: this.#version });
    return true;
  }

  all(): Recipient[] {
    return [...this.#entries.values()].map((entry) => entry.recipient);
  }

  changedSince(version: number): Recipient[] {
    return [...this.#entries.values()]
      .filter((entry) => entry.changedAt > version)
      .map((entry) => entry.recipient);
  }

  removedSince(version: number): Removal[] {
    return this.#removals.filter((removal) => removal.removedAt > version);
  }

  users(): DirectoryUser[] {
    return this.all().filter((recipient) => recipient.type === 'user');
  }

  groups(): DirectoryGroup[] {
    return this.all().filter((recipient) => recipient.type === 'group');
  }

  contacts(): DirectoryContact[] {
    return this.all().filter((recipient) => recipient.type === 'contact');
  }

  publicFolders(): PublicFolder[] {
    return this.all().filter((recipient) => recipient.type === 'publicFolder');
  }

  /** By object id or user principal name, as Graph takes both in a path. */
  user(idOrName: string): DirectoryUser | undefined {
    const wanted = idOrName.toLowerCase();
    return this.users().find(
      (user) => user.id === wanted || user.userPrincipalName.toLowerCase() === wanted,
    );
  }

  /** Who receives mail for the address, aliases and `local+tag` included; undefined when nobody does. */
  resolve(address: string): Recipient | undefined {
    const wanted = address.toLowerCase();
    const found = this.all().find((recipient) => recipient.addresses.includes(wanted));
    if (found !== undefined) return found;
    const untagged = wanted.replace(/\+[^@]*@/, '@');
    return untagged === wanted ? undefined : this.resolve(untagged);
  }
}

/** The primary address under which the control API lists a mailbox. */
export function primaryAddress(recipient: Recipient): string | undefined {
  return recipient.addresses[0];
}
