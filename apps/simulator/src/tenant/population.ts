import { INITIAL_DOMAIN, PRIMARY_DOMAIN } from './identity.ts';
import type { DirectoryUser, Licence, Recipient } from './recipient.ts';

/**
 * A tenant as large as one likes, made from numbers when it is asked for: nothing is kept but how many there are. The
 * shares of shared mailboxes, rooms, guests and the like are those of an ordinary company.
 */
export interface PopulationSize {
  /** Entries under `/users`: people, shared mailboxes, rooms, equipment, guests and accounts without a licence. */
  readonly users: number;
  readonly groups: number;
  /** Dynamic distribution groups, which only Exchange knows. */
  readonly dynamicGroups: number;
  readonly contacts: number;
  readonly publicFolders: number;
}

/** Users for each group, dynamic group, contact and public folder. */
const USERS_PER = { groups: 25, dynamicGroups: 5000, contacts: 50, publicFolders: 500 };

export function sizeFor(users: number): PopulationSize {
  const share = (per: number) => Math.ceil(users / per);
  return {
    users,
    groups: share(USERS_PER.groups),
    dynamicGroups: share(USERS_PER.dynamicGroups),
    contacts: share(USERS_PER.contacts),
    publicFolders: share(USERS_PER.publicFolders),
  };
}

/** The kinds of generated objects, each with a letter for its addresses and a place in its ids. */
const KINDS = ['users', 'groups', 'dynamicGroups', 'contacts', 'publicFolders'] as const;
type Kind = (typeof KINDS)[number];
const LETTERS: Readonly<Record<Kind, string>> = {
  users: 'u',
  groups: 'g',
  dynamicGroups: 'd',
  contacts: 'c',
  publicFolders: 'f',
};
const TYPES: Readonly<Record<Kind, Recipient['type']>> = {
  users: 'user',
  groups: 'group',
  dynamicGroups: 'group',
  contacts: 'contact',
  publicFolders: 'publicFolder',
};

/** The largest group; all others are a department or a project. */
const LARGEST_GROUP = 5000;
/** Of 200 entries under `/users`, one after the other: so many of each kind, people for the rest. */
const OF_200 = { shared: 8, room: 2, equipment: 1, guest: 10, none: 4, disabled: 6 };

const GIVEN =
  'Ada Ben Clara David Elena Felix Grace Hugo Ines Jonas Kira Liam Mona Nils Olga Paul Rosa Samir Tara Uwe Vera Wim Yara Zoe'.split(
    ' ',
  );
const FAMILY =
  'Abbott Becker Costa Dubois Eriksen Fischer Garcia Haas Ivanova Jansen Keller Lopez Meyer Novak Olsen Petrov Quinn Rossi Schmidt Tanaka Ueda Vogel Weber Xu Young Zimmer'.split(
    ' ',
  );
const DEPARTMENTS = ['Retail', 'Sales', 'Finance', 'R&D', 'Operations', 'HR', 'Legal', 'IT'];
const LICENCES: readonly Licence[] = [
  'enterprise',
  'enterprise',
  'enterprise',
  'standard',
  'frontline',
];

const pick = (from: readonly string[], index: number): string => from[index % from.length] ?? '';

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
const ID = /^([0-9a-f]{8})-000([1-5])-4000-a000-5eedc0de5eed$/;
/** In an address, or in a guest's principal name. */
const NUMBERED = /(?:^|\.)([ugdcf])(\d+)[@_]/;

const idOf = (kind: Kind, index: number): string =>
  `${hex(index, 8)}-000${KINDS.indexOf(kind) + 1}-4000-a000-5eedc0de5eed`;

/** Where an object stands among all generated ones: kind first, then its number. */
export interface Place {
  readonly kind: Kind;
  readonly index: number;
}

export class Population {
  readonly size: PopulationSize;

  constructor(size: PopulationSize) {
    this.size = size;
  }

  /** Every place of a type from one on, in their order. */
  *places(type: Recipient['type'], from: Place = { kind: 'users', index: 0 }): Iterable<Place> {
    const first = KINDS.indexOf(from.kind);
    for (const [at, kind] of KINDS.entries()) {
      if (at < first || TYPES[kind] !== type) continue;
      const start = at === first ? from.index : 0;
      for (let index = start; index < this.size[kind]; index += 1) yield { kind, index };
    }
  }

  placeOfId(id: string): Place | undefined {
    const match = ID.exec(id.toLowerCase());
    const kind = KINDS[Number(match?.[2] ?? 0) - 1];
    return this.#existing(kind, Number.parseInt(match?.[1] ?? '', 16));
  }

  /** The only object that can have the address or the principal name. */
  placeOfName(name: string): Place | undefined {
    const match = NUMBERED.exec(name);
    const kind = KINDS.find((one) => LETTERS[one] === match?.[1]);
    return this.#existing(kind, Number(match?.[2]));
  }

  #existing(kind: Kind | undefined, index: number): Place | undefined {
    return kind !== undefined && index < this.size[kind] ? { kind, index } : undefined;
  }

  make({ kind, index }: Place): Recipient {
    switch (kind) {
      case 'users':
        return makeUser(index);
      case 'groups':
        return {
          type: 'group',
          id: idOf(kind, index),
          kind: index % 10 < 6 ? 'distribution' : index % 10 < 9 ? 'unified' : 'security',
          displayName: `${pick(DEPARTMENTS, index)} ${index}`,
          description: `Team ${index} of ${pick(DEPARTMENTS, index)}`,
          addresses: addresses(`team.g${index}`),
          members: this.#members(index),
        };
      case 'dynamicGroups':
        return {
          type: 'group',
          id: idOf(kind, index),
          kind: 'dynamic',
          displayName: `Everyone in ${pick(DEPARTMENTS, index)} ${index}`,
          description: `Whoever's department is ${pick(DEPARTMENTS, index)}`,
          addresses: addresses(`everyone.d${index}`),
          members: this.#some(20, index),
        };
      case 'contacts':
        return makeContact(index);
      case 'publicFolders':
        return {
          type: 'publicFolder',
          id: idOf(kind, index),
          displayName: `Folder ${index}`,
          addresses: addresses(`folder.f${index}`),
        };
    }
  }

  /** Three to forty people; every tenth group holds two groups, some of them in a circle; the first holds thousands. */
  #members(index: number): readonly string[] {
    if (index === 0) {
      const count = Math.min(this.size.users, LARGEST_GROUP);
      return Array.from({ length: count }, (_none, at) => userAddress(at));
    }
    const people = this.#some(3 + (index % 38), index * 37);
    const group = (at: number) => `team.g${at % this.size.groups}@${PRIMARY_DOMAIN}`;
    if (index % 500 === 1) return [...people, group(index + 1)];
    if (index % 500 === 2) return [...people, group(index - 1)];
    const nested = index % 10 === 0 ? [group(index + 3), group(index + 4)] : [];
    const outside =
      index % 7 === 0 ? [contactAddress(index % Math.max(this.size.contacts, 1))] : [];
    return [...people, ...nested, ...outside];
  }

  #some(count: number, from: number): string[] {
    const length = Math.min(count, this.size.users);
    return Array.from({ length }, (_none, at) => userAddress((from + at * 13) % this.size.users));
  }
}

function addresses(local: string): readonly string[] {
  return [`${local}@${PRIMARY_DOMAIN}`, `${local}@${INITIAL_DOMAIN}`];
}

const contactAddress = (index: number): string => `partner.c${index}@${PRIMARY_DOMAIN}`;

function makeContact(index: number): Recipient {
  return {
    type: 'contact',
    id: idOf('contacts', index),
    displayName: `Partner ${index}`,
    givenName: pick(GIVEN, index),
    surname: pick(FAMILY, index),
    companyName: 'Northwind Traders',
    externalAddress: `partner.${index}@northwind.example`,
    addresses: [contactAddress(index)],
  };
}

type UserKind = 'person' | keyof typeof OF_200;

const KIND_OF_200: readonly UserKind[] = Object.entries(OF_200).flatMap(([kind, count]) =>
  Array.from({ length: count }, () => kind as UserKind),
);

const userKind = (index: number): UserKind => KIND_OF_200[index % 200] ?? 'person';

function userLocal(index: number): string {
  const kind = userKind(index);
  if (kind === 'shared' || kind === 'room' || kind === 'equipment') return `${kind}.u${index}`;
  const name = `${pick(GIVEN, index)}.${pick(FAMILY, Math.floor(index / GIVEN.length))}`;
  return `${name.toLowerCase()}.u${index}`;
}

const userAddress = (index: number): string =>
  userKind(index) === 'guest'
    ? `${userLocal(index)}@fabrikam.example`
    : `${userLocal(index)}@${PRIMARY_DOMAIN}`;

function makeUser(index: number): DirectoryUser {
  const kind = userKind(index);
  const local = userLocal(index);
  const isResource = kind === 'shared' || kind === 'room' || kind === 'equipment';
  const isPerson = kind === 'person' || kind === 'disabled';
  const [givenName, surname] = isResource
    ? [null, null]
    : [pick(GIVEN, index), pick(FAMILY, Math.floor(index / GIVEN.length))];
  const named = givenName === null ? `${kind} mailbox ${index}` : `${givenName} ${surname}`;
  return {
    type: 'user',
    id: idOf('users', index),
    purpose: isPerson ? 'user' : kind,
    displayName: named,
    givenName,
    surname,
    userPrincipalName:
      kind === 'guest'
        ? `${local}_fabrikam.example#EXT#@${INITIAL_DOMAIN}`
        : `${local}@${PRIMARY_DOMAIN}`,
    addresses: userAddresses(kind, index, local),
    accountEnabled: isResource || kind === 'disabled' ? false : true,
    licence: isPerson ? (LICENCES[index % LICENCES.length] ?? 'enterprise') : 'none',
    jobTitle: isPerson ? 'Employee' : null,
    department: isPerson ? pick(DEPARTMENTS, index) : null,
    mobilePhone: isPerson && index % 3 === 0 ? `+1 425 555 ${hexless(index)}` : null,
    otherMails: [],
    preferredLanguage: isPerson ? 'en-US' : null,
    usageLocation: kind === 'guest' ? null : 'US',
  };
}

const hexless = (index: number): string => String(index % 10_000).padStart(4, '0');

function userAddresses(kind: UserKind, index: number, local: string): readonly string[] {
  if (kind === 'none') return [];
  if (kind === 'guest') return [userAddress(index)];
  return [
    `${local}@${PRIMARY_DOMAIN}`,
    `u${index}@${PRIMARY_DOMAIN}`,
    `${local}@${INITIAL_DOMAIN}`,
  ];
}
