import {
  MessageTooBigError,
  TenantError,
  type MailboxReading,
  type MailboxRecovery,
  type Meeting,
  type PersonalContact,
  type TenantFailure,
} from '@holdfast/application';
import { DEFAULT_COPY_POLICY, type WellKnownFolder } from '@holdfast/domain';

interface Item {
  readonly externalId: string;
  readonly messageId: string | null;
  readonly receivedAt: number;
  readonly body: string;
  folder: string;
  isRead: boolean;
  isFlagged: boolean;
  version: number;
  createdAt: number;
  changedAt: number;
}

/** Mailboxes at Office 365, by the id of their object in the tenant, and what is done to them in Outlook. */
export interface FakeMailboxes {
  readonly reading: MailboxReading;
  readonly recovery: MailboxRecovery;
  readonly items: (mailbox: string) => readonly Item[];
  put(
    mailbox: string,
    message: {
      readonly subject: string;
      readonly receivedAt: number;
      readonly folder?: string;
      readonly isRead?: boolean;
      readonly messageId?: string | null;
    },
  ): string;
  change(
    mailbox: string,
    externalId: string,
    change: Partial<Pick<Item, 'folder' | 'isRead' | 'isFlagged'>>,
  ): void;
  purge(mailbox: string, externalId: string): void;
  /** Every link that was given is forgotten. */
  forgetLinks(): void;
  failure: ((call: string, mailbox: string) => TenantFailure | null) | null;
  /** Names of folders beside the Inbox that everybody has made, which are their ids as well. */
  ownFolders: readonly string[];
  meetings: readonly Meeting[];
  contacts: readonly PersonalContact[];
  /** Messages that were read, in order. */
  readonly read: string[];
  pageSize: number;
  /** Messages that a delta without a link gives at most. */
  mostInRound: number;
}

const FOLDERS: readonly WellKnownFolder[] = [
  'inbox',
  'sentitems',
  'archive',
  'deleteditems',
  'junkemail',
  'drafts',
];

export function createFakeMailboxes(now: () => number): FakeMailboxes {
  const boxes = new Map<string, Item[]>();
  const removals: {
    readonly mailbox: string;
    readonly folder: string;
    readonly id: string;
    readonly version: number;
  }[] = [];
  const read: string[] = [];
  let version = 0;
  let epoch = 0;
  let made = 0;
  const itemsOf = (mailbox: string): Item[] => {
    const known = boxes.get(mailbox) ?? [];
    boxes.set(mailbox, known);
    return known;
  };
  const itemOf = (mailbox: string, id: string): Item => {
    const item = itemsOf(mailbox).find(({ externalId }) => externalId === id);
    if (item === undefined)
      throw failed({ code: 'not-found', detail: 'ErrorItemNotFound', retryAfter: null });
    return item;
  };
  const guard = (call: string, mailbox: string): void => {
    const failure = fake.failure?.(call, mailbox) ?? null;
    if (failure !== null) throw failed(failure);
  };
  const fake: FakeMailboxes = {
    items: itemsOf,
    failure: null,
    ownFolders: [],
    meetings: [],
    contacts: [],
    read,
    pageSize: 3,
    mostInRound: DEFAULT_COPY_POLICY.mostInRound,
    put(mailbox, { subject, receivedAt, folder = 'inbox', isRead = false, messageId }) {
      const externalId = `item-${(made += 1)}`;
      const id =
        messageId === undefined ? `<${subject.replaceAll(' ', '-')}@office.example>` : messageId;
      itemsOf(mailbox).push({
        externalId,
        messageId: id,
        receivedAt,
        body: [
          'From: Ann <ann@partner.example>',
          'To: ada@contoso.example',
          ...(id === null ? [] : [`Message-ID: ${id}`]),
          `Subject: ${subject}`,
          '',
          `The words of ${subject}.`,
          '',
        ].join('\r\n'),
        folder,
        isRead,
        isFlagged: false,
        version: (version += 1),
        createdAt: now(),
        changedAt: now(),
      });
      return externalId;
    },
    change(mailbox, externalId, change) {
      const item = itemOf(mailbox, externalId);
      version += 1;
      if (change.folder !== undefined && change.folder !== item.folder)
        removals.push({ mailbox, folder: item.folder, id: externalId, version });
      Object.assign(item, change, { version, changedAt: now() });
    },
    purge(mailbox, externalId) {
      const item = itemOf(mailbox, externalId);
      version += 1;
      removals.push({ mailbox, folder: item.folder, id: externalId, version });
      boxes.set(
        mailbox,
        itemsOf(mailbox).filter((other) => other !== item),
      );
    },
    forgetLinks() {
      epoch += 1;
    },
    reading: {
      folders: async (_credentials, mailbox) => {
        guard('folders', mailbox);
        const wellKnown = FOLDERS.map((name) => ({
          id: name,
          parentId: null,
          wellKnown: name,
          isHidden: false,
          name,
        }));
        const own = fake.ownFolders.map((name) => ({
          id: name,
          parentId: null,
          wellKnown: null,
          isHidden: false,
          name,
        }));
        return [...wellKnown, ...own];
      },
      changes: async (_credentials, mailbox, folder, from) => {
        guard('changes', mailbox);
        const state =
          'link' in from
            ? (JSON.parse(from.link) as {
                since: number;
                until: number;
                skip: number;
                after: number;
                epoch: number;
              })
            : { since: 0, until: version, skip: 0, after: from.receivedSince, epoch };
        if (state.epoch !== epoch) return null;
        const until = state.skip === 0 ? version : state.until;
        const all = itemsOf(mailbox)
          .filter(
            (item) =>
              item.folder === folder &&
              item.version > state.since &&
              item.receivedAt >= state.after,
          )
          .slice(0, fake.mostInRound);
        const page = all.slice(state.skip, state.skip + fake.pageSize);
        const isWhole = state.skip + page.length >= all.length;
        const next = isWhole
          ? { ...state, since: until, until, skip: 0 }
          : { ...state, until, skip: state.skip + page.length };
        return {
          messages: page.map((item) => ({ ...item, isDraft: folder === 'drafts' })),
          removed: isWhole
            ? removals
                .filter(
                  (one) =>
                    one.mailbox === mailbox && one.folder === folder && one.version > state.since,
                )
                .map(({ id }) => id)
            : [],
          link: JSON.stringify(next),
          isWhole,
        };
      },
      received: async (_credentials, mailbox, folder, { since, until }) => {
        guard('received', mailbox);
        const all = itemsOf(mailbox)
          .filter((item) => item.folder === folder)
          .filter(({ receivedAt }) => receivedAt >= since && receivedAt <= until)
          .toSorted((a, b) => b.receivedAt - a.receivedAt);
        const messages = all
          .slice(0, fake.pageSize)
          .map((item) => ({ ...item, isDraft: folder === 'drafts' }));
        return { messages, isWhole: messages.length === all.length };
      },
      content: async (_credentials, mailbox, externalId, limit) => {
        guard('content', mailbox);
        const { body } = itemOf(mailbox, externalId);
        if (body.length > limit) throw new MessageTooBigError(body.length, limit);
        read.push(externalId);
        return Buffer.from(body);
      },
      meetings: async (_credentials, mailbox) => {
        guard('meetings', mailbox);
        return fake.meetings;
      },
      contacts: async (_credentials, mailbox) => {
        guard('contacts', mailbox);
        return fake.contacts;
      },
    },
    recovery: {
      findReceived: async (_credentials, mailbox, messageId) => {
        guard('find', mailbox);
        return itemsOf(mailbox)
          .filter((item) => item.messageId === messageId && item.folder !== 'sentitems')
          .map((item) => ({
            externalId: item.externalId,
            isRead: item.isRead,
            isFlagged: item.isFlagged,
            folder: FOLDERS.find((name) => name === item.folder) ?? null,
            createdAt: item.createdAt,
            changedAt: item.changedAt,
          }));
      },
      mark: async (_credentials, mailbox, externalId, change) => {
        guard('mark', mailbox);
        fake.change(mailbox, externalId, change);
      },
      move: async (_credentials, mailbox, externalId, folder) => {
        guard('move', mailbox);
        fake.change(mailbox, externalId, { folder });
      },
    },
  };
  return fake;
}

function failed(failure: TenantFailure): TenantError {
  return new TenantError(failure);
}
