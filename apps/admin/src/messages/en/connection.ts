import type { ConnectionView, PreflightCheckWords } from '@holdfast/contracts';
import { counted } from '../../format/counts.ts';

type Tier = ConnectionView['tiers'][number];
type Permission = ConnectionView['permissions'][number]['name'];

const TIERS: Readonly<Record<Tier, { readonly title: string; readonly text: string }>> = {
  read: {
    title: 'Read',
    text: 'Your directory and domains. Enough to install.',
  },
  configure: {
    title: 'Configure',
    text: 'Sets Exchange up for you. Without it you run a script that we show, and we never refuse unknown recipients.',
  },
  mailbox: {
    title: 'Mailbox',
    text: 'Copies 30 days of mail, and puts mail back after an event. Without it an emergency mailbox shows only what passed through us.',
  },
};

/** What does not work without it. */
const FEATURES: Readonly<Record<Permission, string>> = {
  'User.Read.All': 'Knowing who can receive mail and be protected',
  'MailboxSettings.Read': 'Telling people from shared mailboxes and rooms',
  'Domain.Read.All': 'Knowing your domains and where Office 365 takes their mail',
  'Organization.Read.All': 'Showing the tenant’s name; finding its initial domain',
  'GroupMember.Read.All': 'Mail to groups, also in members’ emergency mailboxes',
  'OrgContact.Read.All': 'Mail to contacts',
  'ServiceHealth.Read.All': 'Microsoft’s own word on an outage',
  'Exchange.ManageAsApp':
    'Connector, allow and block lists, public folders. Also needs the role Exchange Administrator',
  'ExchangeMessageTrace.Read.All':
    'Seeing who still sends past us, before Office 365 is closed to others',
  'Mail.ReadWrite': 'Copying the last 30 days; sent mail and read state after an event',
  'Calendars.Read': 'Showing the next 30 days’ meetings in an event',
  'Contacts.Read': 'People’s own contacts in an event',
};

/** What each check tries, what it blocks, and how to mend it. */
const CHECKS: PreflightCheckWords = {
  'sign-in': {
    title: 'Sign in as the application',
    blocks: 'Everything: Holdfast cannot ask this tenant anything.',
    mend: 'Check the application ID and renew the secret or certificate; or connect again by consent.',
  },
  'permissions-read': {
    title: 'Permissions to read',
    blocks: 'What each of the missing ones is for; see the permissions above.',
    mend: 'Entra admin centre › Enterprise applications › Holdfast › Permissions › Grant admin consent. In an application of your own, add them under App registrations › API permissions first.',
  },
  organisation: {
    title: 'Read the organisation',
    blocks: 'Connecting, and showing which tenant this is.',
    mend: 'Grant Organization.Read.All.',
  },
  domains: {
    title: 'Read domains',
    blocks: 'Seeing which domains there are and where their mail goes.',
    mend: 'Grant Domain.Read.All. A domain must be verified and carry mail in Office 365.',
  },
  users: {
    title: 'Read users',
    blocks: 'Knowing who can receive mail or be protected.',
    mend: 'Grant User.Read.All.',
  },
  'mailbox-kinds': {
    title: 'Tell mailbox kinds apart',
    blocks:
      'Shared mailboxes and rooms cannot be told from people; only accounts with a mailbox plan are offered.',
    mend: 'Grant MailboxSettings.Read.',
  },
  groups: {
    title: 'Read groups',
    blocks: 'Mail to groups is relayed, and does not show in members’ emergency mailboxes.',
    mend: 'Grant GroupMember.Read.All.',
  },
  contacts: {
    title: 'Read contacts',
    blocks: 'Contacts are not known as recipients.',
    mend: 'Grant OrgContact.Read.All.',
  },
  'service-health': {
    title: 'Read service health',
    blocks: 'Microsoft’s own incident notices are not shown.',
    mend: 'Grant ServiceHealth.Read.All.',
  },
  'permissions-configure': {
    title: 'Permission to administer Exchange',
    blocks:
      'Public folders and dynamic groups stay unknown, lists are not copied, and Exchange is set up by a script.',
    mend: 'Grant Exchange.ManageAsApp (API: Office 365 Exchange Online).',
  },
  'exchange-cmdlets': {
    title: 'Role in Exchange',
    blocks: 'The permission alone does nothing: a role says what may be run.',
    mend: 'Entra admin centre › Roles & admins › Exchange Administrator › Add assignments › the application. It takes up to an hour. Global Reader is enough to look.',
  },
  'direct-send': {
    title: 'Direct Send',
    blocks:
      'With RejectDirectSend on, mail between your own people that passes through us is refused until our connector stands.',
    mend: 'Nothing to switch off: install the connector before you change MX.',
  },
  customization: {
    title: 'Exchange can be changed',
    blocks: 'Connector and rules cannot be written.',
    mend: 'Run once in Exchange Online PowerShell: Enable-OrganizationCustomization',
  },
  connectors: {
    title: 'No connector in the way',
    blocks:
      'A connector for all senders that takes mail from its own addresses only makes Office 365 refuse what we relay.',
    mend: 'Exchange admin centre › Mail flow › Connectors: remove the restriction to IP addresses or a certificate, or the connector when its service is gone.',
  },
  'transport-rules': {
    title: 'No rule passes the filter by',
    blocks:
      'Nothing stops. With Enhanced Filtering such rules let spam through that names a trusted sender.',
    mend: 'Exchange admin centre › Mail flow › Rules: limit or disable those that set the spam level to −1.',
  },
  'domain-types': {
    title: 'Domains are authoritative',
    blocks: 'Office 365 takes any recipient of such a domain, so we cannot ask it who exists.',
    mend: 'Exchange admin centre › Mail flow › Accepted domains: Authoritative, unless another system has mailboxes of the domain.',
  },
  'message-trace': {
    title: 'Read the message trace',
    blocks:
      'Nothing stops. Who still sends past us is not shown, so Office 365 is closed to others blindly.',
    mend: 'Grant ExchangeMessageTrace.Read.All. When it is granted and still refused, once in Graph PowerShell: New-MgServicePrincipal -AppId 8bd644d1-64a1-4d4b-ae52-2e0cbf64e373',
  },
  'permissions-mailbox': {
    title: 'Permissions for mailboxes',
    blocks:
      'The copy of the last 30 days, meetings and contacts; sent mail and read state after an event.',
    mend: 'Grant them in Entra for every mailbox, or for some by RBAC for Applications in Exchange.',
  },
  'mailbox-read': {
    title: 'Open a mailbox',
    blocks: 'The same, where a policy keeps the application out.',
    mend: 'Exchange Online PowerShell: Get-ApplicationAccessPolicy shows what keeps it out.',
  },
  smtp: {
    title: 'Office 365 takes mail from our addresses',
    blocks: 'Relaying: mail waits here until Office 365 takes it from each of our addresses.',
    mend: 'No answer at all: the network must let port 25 out. Otherwise what is said above, for the address that is named.',
  },
  'public-mx': {
    title: 'Where public MX leads',
    blocks: 'Mail that does not come through us is not there in an outage.',
    mend: 'Domains › Cut-over leads through the change, step by step; Domains shows every record with how to mend it.',
    page: { href: '/domains', label: 'Domains' },
  },
  'test-message': {
    title: 'A test message comes through',
    blocks: 'Nothing yet: without one nobody has seen mail arrive by way of us.',
    mend: 'Domains › Cut-over › Test message: send it again when what stopped it is mended.',
    page: { href: '/domains', label: 'Domains' },
  },
};

/** What the Connection page says. */
export const connection = {
  title: 'Connection',
  help: 'How to set it up, step by step',
  text: 'How Holdfast reads your directory and configures Office 365. Emergency sign-in and notices do not depend on it.',
  directory: 'Directory',
  lists: {
    title: 'Are all recipients known?',
    text: 'An unknown address of a complete list is refused at once. Otherwise each one is checked with Office 365, and waits while that does not answer.',
    complete: 'Complete',
    partial: 'Not complete',
    stale: 'Last read more than a day ago: nobody is refused until it is refreshed.',
    asOf: (when: string) => `As of ${when}.`,
    by: (who: string, when: string) => `Said by ${who}, ${when}.`,
    reasons: {
      'exchange-listed': 'Exchange lists every recipient.',
      attested: 'An administrator says that nobody is missing.',
      'never-read': 'It has not been read yet.',
      'relay-domain':
        'Exchange passes unknown recipients on to another system: no list can be complete.',
      'type-unknown':
        'Exchange lists recipients, and does not say whether it refuses unknown ones (Get-AcceptedDomain).',
      'not-listed':
        'Without the Exchange permission nobody lists public folders and dynamic groups.',
      'attestation-expired':
        'The directory has changed since an administrator said that nobody is missing.',
    },
    attest: 'Nobody is missing…',
    attestTitle: (domain: string) => `Is every recipient of ${domain} in the directory?`,
    attestText:
      'From then on mail to any other address is refused with 550, and its sender is told. It is written down with your name, and holds until the directory changes its shape.',
    attestPoints: [
      'There are no mail-enabled public folders and no dynamic distribution groups.',
      'The domain is authoritative in Exchange: nothing is relayed to another system.',
      'You have looked at the list of users and groups today.',
    ],
    attestDo: 'Nobody is missing',
    withdraw: 'Take back',
  },
  guard: {
    label: 'A refresh asks before it changes more than',
    unit: '% of what is known',
    hint: 'Counts removed objects, accounts switched off, and addresses gone. Up to five always pass, and during an event or an outage nothing is removed at all.',
    wrong: 'A whole number from 1 to 100.',
    save: 'Save',
  },
  ways: {
    label: 'How to connect',
    consent: 'Admit Holdfast’s application',
    consentText:
      'Recommended. An administrator of the tenant accepts the permissions on Microsoft’s page. Nothing to register, no secret to renew.',
    consentMissing: 'This installation has no application of its own (HOLDFAST_APPLICATION_ID).',
    own: 'Use an application of your own',
    ownText: 'You register it in Entra and keep its secret or certificate fresh.',
  },
  consent: {
    tenant: 'Domain of your organisation',
    tenantHint: 'Any domain of the tenant, such as contoso.com, or its tenant ID.',
    submit: 'Continue to Microsoft',
    note: 'You come back here afterwards, within 15 minutes. An account that may give consent is a Global Administrator or a Privileged Role Administrator.',
    only: 'Microsoft asks for these together.',
  },
  back: {
    title: 'Back from Microsoft',
    working: 'Checking with Microsoft. This takes up to half a minute.',
    nothing: 'There is no answer of Microsoft’s in this address.',
    nothingText: 'Start on the Connection page.',
    done: (name: string) => `Connected to ${name}`,
    doneText: 'What works is being checked now.',
    failed: 'Not connected',
    toConnection: 'To the Connection page',
  },
  tiers: {
    label: 'What to allow',
    allowed: 'What it may do',
    tier: (tier: Tier) => TIERS[tier],
    always: 'always',
    permissions: 'Permissions, and what needs them',
    feature: (name: Permission) => FEATURES[name],
    granted: 'Granted',
    missing: 'Not granted',
    notAsked: 'Not asked for',
    grantedSome: (granted: number, of: number) => `${granted} of ${of} granted`,
    add: 'Allow more…',
    at: (when: string) => `As of ${when}`,
  },
  own: {
    proof: 'How it proves itself',
    secret: 'Client secret',
    secretText: 'Simple; it runs out after two years at most.',
    made: 'Certificate made here',
    madeText:
      'Recommended. The key never leaves this server; you register the certificate in Entra.',
    upload: 'Certificate of yours',
    uploadText: 'You paste certificate and key.',
    expiresOn: 'Valid until',
    expiresHint: 'As Entra shows it beside the secret. We remind you 30 days before.',
    make: 'Make a certificate',
    makeAgain: 'Make another',
    register:
      'Entra admin centre › App registrations › your application › Certificates & secrets › Certificates › Upload certificate. Then connect.',
    thumbprint: 'Thumbprint',
    validUntil: 'Valid until',
    download: 'Download certificate',
    notMade: 'Make a certificate first.',
    certificate: 'Certificate (PEM)',
    privateKey: 'Private key (PEM, without a password)',
    keyHint: 'Sealed on the server. It is never shown again.',
  },
  facts: {
    mode: 'Application',
    byConsent: 'Holdfast’s own, admitted by consent',
    byApplication: 'Your own',
    proof: 'Proof',
    secret: 'Client secret',
    certificate: 'Certificate',
    until: (when: string) => `until ${when}`,
  },
  refused: (since: string) => `Microsoft no longer lets us in since ${since}; mail goes on.`,
  renew: 'Renew or change…',
  disconnect: {
    open: 'Disconnect…',
    title: 'Disconnect Office 365?',
    text: 'Holdfast forgets the connection and its secret. Remove the application in Entra under Enterprise applications as well.',
    submit: 'Disconnect',
  },
  preflight: {
    check: (name: keyof PreflightCheckWords) => CHECKS[name],
    works: 'Works',
    attention: 'Note',
    blocked: 'Blocked',
    waiting: 'Waiting',
    'not-checked': 'Not checked',
    'not-asked': 'Not asked for',
    blocks: (what: string) => `Blocks: ${what}`,
    mend: (how: string) => `To mend it: ${how}`,
    running: (done: number, of: number) => `Checking: ${done} of ${of}`,
    skipped: (count: number) =>
      `${counted(count, 'more check belongs', 'more checks belong')} to permissions that you have not asked for.`,
    some: (count: number) =>
      `${counted(count, 'check says', 'checks say')} that something does not work. You can go on; what each one blocks is listed.`,
  },
};
