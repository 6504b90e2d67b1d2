import type { Log, NoticeOutcome, Ports, SmsSender, VoiceCaller } from '@holdfast/application';
import { createLocalMessageStore, createMessageSigner, createSpoolReader } from '@holdfast/mail';
import {
  createAlternateEmailSender,
  createNoticeTemplates,
  createPhoneNumbers,
  createSmsGateway,
  createVoiceGateway,
  NO_VOICE,
  spokenTexts,
} from '@holdfast/notifications';
import {
  createApplicationCertificates,
  createExchangeAdministration,
  createExchangeScripts,
  createMailboxReading,
  createMailboxRecovery,
  createSharedTokens,
  createTenantConsent,
  createTenantDirectory,
  createTenantHealth,
  createTenantLists,
  createTenantMailbox,
  createTenantMessageTrace,
} from '@holdfast/office365';
import { DAY, DEFAULT_CUT_OVER_POLICY, HOUR, type CutOverPolicy } from '@holdfast/domain';
import { processEnvironment } from '../configuration/process-environment.ts';
import type { Configuration } from '../configuration/read-configuration.ts';
import { connectDatabase } from './connect-database.ts';
import { dataPaths } from './data-directory.ts';
import { createIdentifiers } from './identifiers.ts';
import {
  createFrontDoor,
  createProcessCopySpool,
  createProcessCertificates,
  createProcessDns,
  createProcessLiveDns,
  createProcessPolicyHost,
  createProcessRelay,
  createProcessSenderPolicy,
  createProcessSpool,
  smartHostOf,
} from './mail-adapters.ts';
import { ownApplications } from './own-applications.ts';
import { createPasskeys } from './passkeys.ts';
import { createProcessPush } from './push.ts';
import { createProcessFormat } from './mail-format.ts';
import { createDatabaseSpoolKeys, requireSecrets } from './spool-keys.ts';

/** Messages that are opened at once: one that takes its whole time limit must not make every other reader wait. */
const READING_THREADS = 3;

/** Everything a process of roles `web` and `worker`, or a command, works with. `demo` labels every page. */
export async function composePorts(
  configuration: Configuration,
  role: string,
  log: Log,
): Promise<{ readonly ports: Ports; readonly close: () => Promise<void> }> {
  const secrets = requireSecrets(configuration);
  const paths = dataPaths(configuration.dataDirectory);
  const database = await connectDatabase(configuration, log);
  const clock = { now: () => Date.now() };
  const dns = createProcessLiveDns(configuration);
  const keys = createDatabaseSpoolKeys(database, secrets, log);
  const spool = createProcessSpool(configuration, role, keys, log);
  const copySpool = createProcessCopySpool(configuration, keys, log);
  const relay = createProcessRelay(configuration, log);
  const frontDoor = createFrontDoor(configuration, log);
  const services = {
    loginBase: configuration.loginBase ?? '',
    graphBase: configuration.graphBase ?? '',
    exchangeBase: configuration.exchangeBase ?? '',
    clock,
    log,
  };
  const microsoft = { ...services, tokens: createSharedTokens(services) };
  const certificates = createApplicationCertificates(clock);
  const ports: Ports = {
    clock,
    identifiers: createIdentifiers(),
    secrets,
    log,
    settings: {
      ourHosts: configuration.mxHostnames,
      mxAddresses: configuration.mxAddresses,
      ourAddresses: configuration.relayAddresses,
      relayCertificateName: configuration.relayCertificateName,
      usesSmartHost: configuration.smartHost !== null,
      spfInclude: configuration.spfInclude,
      undoSend: configuration.undoSend * 1000,
      adminUrl: configuration.adminUrl,
      portalUrl: configuration.portalUrl,
      noticeFrom: configuration.noticeFrom,
      calls: {
        perOrganisation: configuration.callsPerOrganisation,
        perCountry: configuration.callsPerCountry,
      },
      texts: {
        perOrganisation: configuration.textsPerOrganisation,
        perCountry: configuration.textsPerCountry,
      },
      noticeDelay: configuration.noticeDelay * 1000,
      drillLongest: configuration.drillHours * HOUR,
      drillParticipants: configuration.drillParticipants,
      reminders: {
        every: configuration.reminderDays * DAY,
        most: configuration.remindersMost,
        confirmAgainAfter: configuration.confirmAgainDays * DAY,
      },
      copyRetention: configuration.copyRetentionDays * DAY,
      operatorContact: configuration.operatorContact,
      cutOver: cutOverPolicy(configuration),
      push: configuration.push === 'on',
      pushTrustedOrigin: configuration.pushTrustedOrigin,
      demo: processEnvironment['HOLDFAST_ROLE_FACTS'] === 'demo',
    },
    database,
    dns,
    policyHost: createProcessPolicyHost(configuration, dns),
    ownCertificates: createProcessCertificates(configuration),
    senderPolicy: createProcessSenderPolicy(configuration),
    signer: createMessageSigner(),
    certificates,
    consent: createTenantConsent(
      microsoft,
      ownApplications(configuration, { certificates, clock, log }),
    ),
    directory: createTenantDirectory(microsoft),
    exchange: createExchangeAdministration(microsoft),
    exchangeByHand: createExchangeScripts(),
    tenantHealth: createTenantHealth({
      ...microsoft,
      limits: { requestTimeout: configuration.probeTimeout * 1000 },
    }),
    tenantLists: createTenantLists(microsoft),
    tenantMailbox: createTenantMailbox(microsoft),
    mailboxReading: createMailboxReading(microsoft),
    mailboxRecovery: createMailboxRecovery(microsoft),
    messageTrace: createTenantMessageTrace(microsoft),
    sms: smsSender(configuration),
    voice: voiceCaller(configuration),
    spoken: spokenTexts,
    alternateEmail: createAlternateEmailSender({
      from: configuration.noticeFrom,
      helo: configuration.mxHostnames[0] ?? 'localhost',
      smartHost: smartHostOf(configuration),
      port: configuration.relayPort,
      dns: createProcessDns(configuration),
    }),
    phones: createPhoneNumbers(),
    push: createProcessPush(configuration, clock),
    passkeys: createPasskeys(configuration.portalUrl),
    templates: createNoticeTemplates,
    format: createProcessFormat(configuration, { threads: READING_THREADS }),
    reader: createSpoolReader({ directory: paths.spool, keys }),
    store: createLocalMessageStore({ directory: paths.spool, keys }),
    spool,
    copySpool,
    relay,
    frontDoor,
  };
  return {
    ports,
    async close() {
      await spool.close();
      await copySpool.close();
      await relay.close();
      await frontDoor.close();
      await database.close();
    },
  };
}

function cutOverPolicy(configuration: Configuration): CutOverPolicy {
  return {
    ...DEFAULT_CUT_OVER_POLICY,
    ttlLead: configuration.cutOverTtlLead * 1000,
    watchFor: configuration.cutOverWatch * 1000,
    relayOnly: configuration.wayBackRelay * 1000,
  };
}

function smsSender(configuration: Configuration): SmsSender {
  if (configuration.smsUrl !== null && configuration.smsToken !== null) {
    return createSmsGateway({ url: configuration.smsUrl, token: configuration.smsToken });
  }
  const outcome: NoticeOutcome = {
    ok: false,
    permanent: true,
    detail: 'No SMS gateway is configured (HOLDFAST_SMS_URL, HOLDFAST_SMS_TOKEN)',
  };
  return { send: () => Promise.resolve(outcome) };
}

function voiceCaller({ voiceToken, voiceUrl }: Configuration): VoiceCaller {
  return voiceUrl === null || voiceToken === null
    ? NO_VOICE
    : createVoiceGateway({ url: voiceUrl, token: voiceToken });
}
