import { INITIAL_DOMAIN, PRIMARY_DOMAIN } from './identity.ts';
import { PEOPLE, type PersonSeed } from './people.ts';
import type { DirectoryUser, Recipient } from './recipient.ts';
import { stableGuid } from './stable-guid.ts';

const at = (localPart: string) => `${localPart}@${PRIMARY_DOMAIN}`;

function user(seed: Partial<DirectoryUser> & { displayName: string; userPrincipalName: string }) {
  return {
    type: 'user',
    id: stableGuid(`user:${seed.userPrincipalName}`),
    purpose: 'user',
    givenName: null,
    surname: null,
    addresses: [],
    accountEnabled: true,
    licence: 'enterprise',
    jobTitle: null,
    department: null,
    mobilePhone: null,
    otherMails: [],
    preferredLanguage: null,
    usageLocation: 'US',
    ...seed,
  } satisfies DirectoryUser;
}

/** A directory user from a row of the staff list. */
export function fromPerson(seed: PersonSeed): DirectoryUser {
  const local = seed.localPart ?? `${seed.given}.${seed.family}`.toLowerCase();
  const licence = seed.licence ?? 'enterprise';
  return user({
    displayName: seed.displayName ?? `${seed.given} ${seed.family}`,
    givenName: seed.given,
    surname: seed.family,
    userPrincipalName: at(local),
    purpose: licence === 'none' ? 'none' : 'user',
    addresses:
      licence === 'none'
        ? []
        : [
            at(local),
            at(seed.alias),
            ...(seed.offices ?? []).map(at),
            `${seed.alias}@${INITIAL_DOMAIN}`,
          ],
    accountEnabled: seed.disabled !== true,
    licence,
    jobTitle: seed.jobTitle,
    department: seed.department,
    mobilePhone: seed.mobile ?? null,
    otherMails: seed.otherMail === undefined ? [] : [seed.otherMail],
    preferredLanguage: seed.language,
    usageLocation: seed.location,
  });
}

/** Shared and resource mailboxes: sign-in blocked, no licence, as Microsoft 365 makes them. */
function resource(
  local: string,
  displayName: string,
  purpose: 'shared' | 'room' | 'equipment',
  aliases: readonly string[] = [],
) {
  return user({
    displayName,
    userPrincipalName: at(local),
    purpose,
    addresses: [at(local), ...aliases.map(at), `${local}@${INITIAL_DOMAIN}`],
    accountEnabled: false,
    licence: 'none',
  });
}

const GROUPS = [
  {
    kind: 'distribution',
    local: 'all-hands',
    displayName: 'All Hands',
    description: 'Announcements to everybody at headquarters',
    members: ['adele.vance', 'patti.fernandez', 'nestor.wilke', 'debra.berger', 'marketing-team'],
  },
  {
    kind: 'distribution',
    local: 'marketing-team',
    displayName: 'Marketing Team',
    description: 'Marketing, and our agency outside',
    members: ['megan.bowen', 'alex.wilber', 'henrietta.mueller', 'agency'],
  },
  {
    kind: 'security',
    local: 'finance-approvers',
    displayName: 'Finance Approvers',
    description: 'May approve invoices; mail-enabled security group',
    members: ['jordan.miller', 'pradeep.gupta'],
    closed: 'internal-only',
  },
  {
    kind: 'unified',
    local: 'project-falcon',
    displayName: 'Project Falcon',
    description: 'Microsoft 365 group of the Falcon launch',
    members: ['irvin.sayers', 'grady.archie', 'lee.gu', 'johanna.lorenz'],
  },
  {
    kind: 'dynamic',
    local: 'retail-everyone',
    displayName: 'Retail Everyone',
    description: "Whoever's department is Retail",
    members: ['adele.vance', 'lynne.robbins', 'christie.cline', 'raul.razo'],
  },
] as const;

/** Everything in the tenant that can have, or seem to have, a mail address. */
export function seedDirectory(): Recipient[] {
  return [
    ...PEOPLE.map(fromPerson),
    user({
      displayName: 'MOD Administrator',
      givenName: 'MOD',
      surname: 'Administrator',
      userPrincipalName: `admin@${INITIAL_DOMAIN}`,
      addresses: [`admin@${INITIAL_DOMAIN}`],
      jobTitle: 'Global Administrator',
    }),
    user({
      displayName: 'Kai Carter (Fabrikam)',
      userPrincipalName: `kai.carter_fabrikam.example#EXT#@${INITIAL_DOMAIN}`,
      purpose: 'guest',
      addresses: ['kai.carter@fabrikam.example'],
      licence: 'none',
      otherMails: ['kai.carter@fabrikam.example'],
      usageLocation: null,
    }),
    resource('sales', 'Contoso Sales', 'shared', ['vertrieb']),
    resource('support', 'Contoso Support', 'shared', ['help']),
    resource('room.adams', 'Conf Room Adams', 'room'),
    resource('van.transit', 'Delivery Van', 'equipment'),
    ...GROUPS.map((group): Recipient => ({
      type: 'group',
      id: stableGuid(`group:${group.local}`),
      kind: group.kind,
      displayName: group.displayName,
      description: group.description,
      addresses: [at(group.local), `${group.local}@${INITIAL_DOMAIN}`],
      members: group.members.map(at),
      ...('closed' in group && { closed: group.closed }),
    })),
    {
      type: 'contact',
      id: stableGuid('contact:agency'),
      displayName: 'Northwind Agency',
      givenName: 'Nora',
      surname: 'Winter',
      companyName: 'Northwind Traders',
      externalAddress: 'agency@northwind.example',
      addresses: [at('agency')],
    },
    {
      type: 'publicFolder',
      id: stableGuid('publicFolder:suggestions'),
      displayName: 'Suggestions',
      addresses: [at('suggestions')],
    },
  ];
}
