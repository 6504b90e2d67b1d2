import { createAdminRouter, type AdminContext } from '@holdfast/api';
import {
  createOrganisation,
  type Actor,
  type ApplicationSettings,
  type ComposeInput,
  type Database,
  type DnsAnswer,
  type JobName,
  type JobRequest,
  type LiveDns,
  type Log,
  type Ports,
  type SpoolRecordHead,
} from '@holdfast/application';
import { DEFAULT_CUT_OVER_POLICY, DEFAULT_REMINDER_POLICY } from '@holdfast/domain';
import type { AuthenticationResult, MxObservation, Plan, StsFetch } from '@holdfast/domain';
import { spokenTexts } from '@holdfast/notifications';
import { createApplicationCertificates, createExchangeScripts } from '@holdfast/office365';
import { createFakeLiveDns, type FakeRecords } from './fake-live-dns.ts';
import { createIdentifiers } from '../../composition/identifiers.ts';
import { createPasskeys } from '../../composition/passkeys.ts';
import { createFakeMailboxes, type FakeMailboxes } from './fake-mailboxes.ts';
import { createFakeSecrets } from './fake-secrets.ts';
import { createFakeTenant, type FakeTenant } from './fake-tenant.ts';
import { openTestDatabase } from './open-test-database.ts';
import { recordJobs } from './recorded-jobs.ts';

export const START = Date.UTC(2026, 10, 23, 9, 0, 0);
export const OWNER = {
  name: 'Olga Owner',
  email: 'olga@contoso.example',
  password: 'a long sentence',
};

export type AdminCaller = ReturnType<ReturnType<typeof createAdminRouter>['createCaller']>;

interface SpooledNotice {
  readonly head: SpoolRecordHead;
  readonly mail: ComposeInput;
}

/** The use cases on a real database, with the world outside them faked and under the test's hand. */
export interface World {
  /** For processes that are tried beside the use cases. */
  readonly databaseUrl: string;
  readonly ports: Ports;
  readonly tenant: FakeTenant;
  readonly mailboxes: FakeMailboxes;
  readonly spooled: SpooledNotice[];
  readonly jobs: readonly JobRequest[];
  readonly dns: Map<string, DnsAnswer<MxObservation>>;
  /** TXT records by name; a name that is not there does not exist. */
  readonly txt: Map<string, readonly string[] | 'silent'>;
  /** Everything else in DNS, by type and name, and what goes before the two above. */
  readonly records: FakeRecords;
  /** Policy files of MTA-STS by domain. */
  readonly policies: Map<string, StsFetch>;
  /** What SPF says of each of our addresses. */
  setSpf(result: AuthenticationResult): void;
  readonly passwordChecks: () => number;
  /** Log lines of level error, with their fields. */
  readonly errors: Record<string, unknown>[];
  advance(milliseconds: number): void;
  runJobs(): Promise<readonly JobName[]>;
  /** A new organisation with an owner, and the console as that owner. */
  organisation(name: string, plan?: Plan): Promise<OrganisationHandle>;
  caller(actor: AdminContext['actor'], change?: Partial<AdminContext>): AdminCaller;
  close(): Promise<void>;
}

export interface OrganisationHandle {
  readonly id: string;
  readonly actor: Extract<Actor, { kind: 'administrator' }>;
  readonly console: AdminCaller;
}

const NO_POLICY: StsFetch = { ok: false, failure: 'unreachable', detail: 'HTTP 404' };

const SETTINGS: ApplicationSettings = {
  ourHosts: ['mx1.holdfast.example', 'mx2.holdfast.example'],
  mxAddresses: [],
  ourAddresses: ['203.0.113.10', '203.0.113.11'],
  relayCertificateName: null,
  usesSmartHost: false,
  spfInclude: null,
  undoSend: 20_000,
  adminUrl: 'https://admin.holdfast.example',
  portalUrl: 'https://mail.holdfast.example',
  noticeFrom: 'no-reply@mx1.holdfast.example',
  calls: { perOrganisation: 300, perCountry: 100 },
  texts: { perOrganisation: 20_000, perCountry: 10_000 },
  noticeDelay: 20_000,
  drillLongest: 8 * 3_600_000,
  drillParticipants: 500,
  reminders: DEFAULT_REMINDER_POLICY,
  copyRetention: 30 * 86_400_000,
  operatorContact: null,
  cutOver: DEFAULT_CUT_OVER_POLICY,
  push: true,
  pushTrustedOrigin: null,
  demo: false,
};

/** `change` puts other fakes in the place of what most tests must not reach for. */
export async function createWorld(
  change: Partial<Ports> = {},
  settings: Partial<ApplicationSettings> = {},
): Promise<World> {
  const opened = await openTestDatabase();
  const recorded = recordJobs(opened.database);
  const tenant = createFakeTenant();
  const secrets = createFakeSecrets();
  const mailboxes = createFakeMailboxes(() => now);
  const spooled: SpooledNotice[] = [];
  const errors: Record<string, unknown>[] = [];
  const dns = new Map<string, DnsAnswer<MxObservation>>();
  const txt = new Map<string, readonly string[] | 'silent'>();
  const records: FakeRecords = new Map();
  const policies = new Map<string, StsFetch>();
  let spf: AuthenticationResult = 'none';
  let now = START;
  const fakes: Fakes = {
    tenant,
    mailboxes,
    secrets,
    spooled,
    errors,
    dns,
    txt,
    liveDns: createFakeLiveDns({ dns, txt, records }),
    policies,
    spf: () => spf,
    now: () => now,
  };
  const ports = { ...createPorts(recorded.database, fakes, settings), ...change };
  const router = createAdminRouter();
  const caller: World['caller'] = (actor, given = {}) =>
    router.createCaller({
      ports,
      actor,
      ip: '192.0.2.1',
      startSession: () => undefined,
      endSession: () => undefined,
      sessionToken: null,
      ...given,
    });
  return {
    databaseUrl: opened.url,
    ports,
    tenant,
    mailboxes,
    spooled,
    jobs: recorded.sent,
    dns,
    txt,
    records,
    policies,
    setSpf: (result) => {
      spf = result;
    },
    passwordChecks: secrets.passwordChecks,
    errors,
    advance: (milliseconds) => {
      now += milliseconds;
    },
    runJobs: () => recorded.run(ports),
    caller,
    async organisation(name, plan) {
      const email = `owner@${name.toLowerCase()}.example`;
      const owner = { ...OWNER, email };
      const { id } = await createOrganisation(ports, { name, owner, ...(plan && { plan }) });
      const found = await ports.database.acrossOrganisations((system) =>
        system.administratorByEmail(email),
      );
      const actor = {
        kind: 'administrator',
        role: 'owner',
        organisationId: id,
        administratorId: found?.id ?? '',
        email,
        ip: '192.0.2.1',
      } as const;
      return { id, actor, console: caller(actor) };
    },
    close: opened.close,
  };
}

interface Fakes {
  readonly tenant: FakeTenant;
  readonly mailboxes: FakeMailboxes;
  readonly secrets: ReturnType<typeof createFakeSecrets>;
  readonly spooled: SpooledNotice[];
  readonly errors: Record<string, unknown>[];
  readonly dns: Map<string, DnsAnswer<MxObservation>>;
  readonly txt: Map<string, readonly string[] | 'silent'>;
  readonly liveDns: LiveDns;
  readonly policies: ReadonlyMap<string, StsFetch>;
  spf(): AuthenticationResult;
  now(): number;
}

function createPorts(
  database: Database,
  fakes: Fakes,
  settings: Partial<ApplicationSettings>,
): Ports {
  let keysMade = 0;
  const composed = new WeakMap<Uint8Array, ComposeInput>();
  return {
    clock: { now: () => fakes.now() },
    identifiers: { ...createIdentifiers(), fraction: () => 0.5 },
    secrets: fakes.secrets,
    log: createLog(fakes.errors),
    settings: { ...SETTINGS, ...settings },
    database,
    dns: fakes.liveDns,
    policyHost: { fetch: async (domain) => fakes.policies.get(domain) ?? NO_POLICY },
    ownCertificates: { read: async () => null },
    senderPolicy: {
      spf: async ({ addresses }) => addresses.map(() => fakes.spf()),
    },
    signer: {
      createKeyPair: async () => {
        const publicKey = `PUBLIC${(keysMade += 1)}`;
        return { privateKey: `private of ${publicKey}`, publicKey };
      },
      sign: (_message, { domain, selector, privateKey }) =>
        `DKIM-Signature: d=${domain}; s=${selector}; by ${privateKey}\r\n`,
    },
    certificates: createApplicationCertificates({ now: () => fakes.now() }),
    consent: fakes.tenant.entra.consent,
    directory: fakes.tenant.directory,
    exchange: fakes.tenant.exchange,
    exchangeByHand: createExchangeScripts(),
    tenantMailbox: {
      putSentItem: outside('putSentItem'),
      findMessage: outside('findMessage'),
      removeMessage: outside('removeMessage'),
    },
    mailboxReading: fakes.mailboxes.reading,
    mailboxRecovery: fakes.mailboxes.recovery,
    copySpool: { append: outside('copySpool'), close: async () => undefined },
    messageTrace: { received: outside('messageTrace') },
    tenantHealth: fakes.tenant.tenantHealth,
    tenantLists: fakes.tenant.tenantLists,
    sms: { send: outside('sms') },
    alternateEmail: { send: outside('alternateEmail') },
    passkeys: createPasskeys(settings.portalUrl ?? SETTINGS.portalUrl),
    push: { createKeys: outside('push.createKeys'), send: outside('push.send') },
    voice: { available: false, call: outside('voice') },
    spoken: spokenTexts,
    phones: { read: () => ({ ok: false, reason: 'not-a-number' }), countries: () => [] },
    templates: () => ({
      withStopLink: (text) => text,
      withHelpdesk: (text) => text,
      enabledNotice: (input) => email(`enabled for ${input.address}`),
      alternateInfoRequest: (input) => email(`please open ${input.url}`),
      domainAlert: ({ title, seen }) => email(`${title}: ${seen}`),
      accountChanged: ({ what, url }) => ({
        sms: `${what} ${url}`,
        email: email(`${what} ${url}`),
      }),
      changeDisputed: ({ address, what }) => email(`${address}: ${what}`),
      proofCode: () => ({ sms: '', email: email('') }),
      verificationCode: () => ({ sms: '', email: email('') }),
      administratorInvitation: ({ url, role }) => email(`${role} ${url}`),
      administratorsChanged: ({ email: who, kind, role, by }) =>
        email(`${who} ${kind} ${role} by ${by}`),
      helpdeskCodeMade: ({ by, address }) => email(`${by} made a code for ${address}`),
      wayIn: ({ code, url, login }) => {
        const text = `code ${code} of ${login ?? 'nobody'}, ${url}`;
        return { sms: text, email: email(text) };
      },
      drillStarted: () => ({ sms: '', email: email('') }),
      drillStartedUnverified: () => ({ sms: '', email: email('') }),
      drillEnded: () => ({ sms: '', email: email('') }),
      eventStarted: () => ({ sms: '', email: email('') }),
      eventStartedUnverified: () => ({ sms: '', email: email('') }),
      eventStartedInError: () => ({ sms: '', email: email('') }),
      eventEnded: () => ({ sms: '', email: email('') }),
    }),
    format: {
      summarise: outside('summarise'),
      searchable: outside('searchable'),
      read: outside('read'),
      report: outside('report'),
      attachment: outside('attachment'),
      richText: (html) => html,
      quotation: () => ({ html: '', pictures: [] }),
      forMailPrograms: (html) => html,
      written: outside('written'),
      composeBounce: outside('composeBounce'),
      compose: async (input) => {
        const bytes = Buffer.from(input.text);
        composed.set(bytes, input);
        return bytes;
      },
    },
    store: { open: outside('open'), read: outside('read') },
    spool: {
      instance: 'test',
      append: async (head, body) => {
        const mail = body instanceof Uint8Array ? composed.get(body) : undefined;
        if (mail === undefined) throw new Error('only composed mail is expected here');
        fakes.spooled.push({ head, mail });
        return { instance: 'test', segment: 'copy-0', offset: fakes.spooled.length, length: 1 };
      },
      stage: outside('spool.stage'),
      discard: outside('spool.discard'),
      close: async () => undefined,
    },
    reader: {
      segments: async () => [],
      read: outside('spool.read'),
    },
    relay: {
      send: outside('relay.send'),
      probe: outside('relay.probe'),
      probeHosts: async ({ hosts, recipients }) => {
        const outcome = { kind: 'reply', code: 250, text: 'OK' } as const;
        const taken = { address: '192.0.2.10', source: null, stage: 'rcpt', outcome } as const;
        const each = { ...taken, recipients: recipients.map(() => outcome), latencies: {} };
        return hosts.map((host) => ({ ...each, host }));
      },
      close: async () => undefined,
    },
    frontDoor: { deliver: outside('frontDoor') },
  };
}

function email(text: string): { subject: string; text: string; html: string } {
  return { subject: text, text, html: text };
}

/** What the use cases of these tests must not reach for. */
function outside(what: string): () => Promise<never> {
  return () => Promise.reject(new Error(`${what} is not part of this test`));
}

function createLog(errors: Record<string, unknown>[]): Log {
  const log: Log = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: (message, fields) => {
      errors.push({ message, ...fields });
    },
    child: () => log,
  };
  return log;
}
