import type { NoticeOutcome, Ports } from '@holdfast/application';
import { createNoticeTemplates, createPhoneNumbers } from '@holdfast/notifications';
import { createFakeLog } from '@holdfast/testkit';
import { expect } from 'vitest';
import { idOf, installEveryone } from '../../use-cases/testing/set-up.ts';
import { createWorld, type OrganisationHandle, type World } from '../../use-cases/testing/world.ts';
import { createPortalSite } from '../portal-site.ts';
import { serve, type ServedSite } from './serve.ts';

/** What the SMS gateway proves itself with. */
export const ANSWER_TOKEN = 'answers of the gateway';

/** One message to a telephone or a private address. */
interface SentNotice {
  readonly to: string;
  readonly text: string;
}

/** The portal's pages over a whole organisation, with what goes to telephones, private addresses and the work mailbox. */
export interface InfoWorld {
  readonly world: World;
  readonly ports: Ports;
  readonly site: ServedSite;
  readonly contoso: OrganisationHandle;
  readonly adaId: string;
  /** Path of Ada's first link. */
  readonly link: string;
  readonly texts: SentNotice[];
  readonly emails: SentNotice[];
  /** Path of somebody's first link, by the part before the @. */
  linkOf(local: string): Promise<string>;
  /** Runs all jobs that wait, and what they send in turn. */
  settle(): Promise<void>;
  /** Runs the jobs; the digits of the last message to this number or address. */
  codeTo(to: string): Promise<string>;
  /** What Ada's work mailbox has got, newest last. */
  workMail(): readonly string[];
  read(path: string): Promise<string>;
  close(): Promise<void>;
}

export async function createInfoWorld(change: Partial<Ports> = {}): Promise<InfoWorld> {
  const texts: SentNotice[] = [];
  const emails: SentNotice[] = [];
  const sent = (list: SentNotice[], notice: SentNotice): Promise<NoticeOutcome> => {
    list.push(notice);
    return Promise.resolve({ ok: true, reference: `sent-${list.length}` });
  };
  const world = await createWorld({
    phones: createPhoneNumbers(),
    templates: createNoticeTemplates,
    sms: { send: ({ to, text }) => sent(texts, { to, text }) },
    alternateEmail: { send: ({ to, text }) => sent(emails, { to, text }) },
    ...change,
  });
  const contoso = await world.organisation('Contoso');
  await installEveryone(world, contoso);
  const workMail = (): readonly string[] =>
    world.spooled
      .filter(({ head }) => head.envelope.recipients[0]?.address === 'ada@contoso.example')
      .map(({ mail }) => mail.text);
  const configuration = {
    portalUrl: 'http://localhost:3001',
    trustedProxies: ['loopback'],
    smsInboundToken: ANSWER_TOKEN,
  };
  const site = await serve(
    createPortalSite({ ports: world.ports, configuration, log: createFakeLog() }),
  );
  const settle = async (): Promise<void> => {
    while ((await world.runJobs()).length > 0);
  };
  return {
    world,
    ports: world.ports,
    site,
    contoso,
    adaId: await idOf(contoso, 'ada'),
    link: /\/info\/\S+/.exec(workMail().join('\n'))?.[0] ?? '',
    linkOf: async (local) => {
      const mail = world.spooled.find(
        ({ head, mail: { text } }) =>
          head.envelope.recipients[0]?.address.startsWith(`${local}@`) === true &&
          text.includes('/info/'),
      );
      return /\/info\/\S+/.exec(mail?.mail.text ?? '')?.[0] ?? '';
    },
    texts,
    emails,
    settle,
    workMail,
    codeTo: async (to) => {
      await settle();
      const last = [...texts, ...emails].findLast(
        (notice) => notice.to === to && /\b\d{6}\b/.test(notice.text),
      );
      return /\b\d{6}\b/.exec(last?.text ?? '')?.[0] ?? '';
    },
    read: async (path) => {
      const response = await site.request(path);
      expect(response.status).toBe(200);
      return response.text();
    },
    close: async () => {
      await site.close();
      await world.close();
    },
  };
}
