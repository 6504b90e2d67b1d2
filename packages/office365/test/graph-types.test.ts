import type {
  Attachment,
  AttachmentItem,
  Domain,
  DomainDnsMxRecord,
  Event,
  FileAttachment,
  Group,
  MailboxSettings,
  MailFolder,
  Message,
  OrgContact,
  Organization,
  ServiceHealth,
  UploadSession,
  User,
} from '@microsoft/microsoft-graph-types';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type * as graphSchema from '../src/graph/graph-schemas.ts';
import type * as mailboxSchema from '../src/mailbox/mailbox-schemas.ts';
import { fileAttachment, sentMessage } from '../src/mailbox/sent-message.ts';

/*
 * A second opinion on the description of Graph: Microsoft's own types. What is here is proved by the compiler; the tests
 * only give it something to run. A difference is an error of `tsc`.
 */

/** What is certain of an answer: an object has its id, and what we select is there. */
type Answered<Graph, Known extends keyof Graph> = Graph & {
  readonly [Name in Known]-?: NonNullable<Graph[Name]>;
};

/** True when our schema takes whatever the type allows, and reads nothing that the type does not have. */
type Reads<Schema extends z.ZodType, Graph> =
  Exclude<keyof z.input<Schema>, keyof Graph | `@${string}`> extends never
    ? Pick<Graph, Extract<keyof z.input<Schema>, keyof Graph>> extends Omit<
        z.input<Schema>,
        `@${string}`
      >
      ? true
      : false
    : false;

/** The names of a `$select` list that the type does not have. */
type Unknown<List extends string, Graph> = List extends `${infer Name},${infer Rest}`
  ? (Name extends keyof Graph ? never : Name) | Unknown<Rest, Graph>
  : List extends keyof Graph
    ? never
    : List;

/** Compiles for `true` only. */
const holds = <Claim extends true>(claim: Claim): Claim => claim;
type None<Names> = [Names] extends [never] ? true : Names;

describe('Microsoft’s own types', () => {
  it('allow everything that we read to be as it may be', () => {
    type G = typeof graphSchema;
    type M = typeof mailboxSchema;
    type Id = 'id';
    // In an organisation each verified domain has a name; the type leaves every property open.
    type Tenant = Omit<Answered<Organization, Id>, 'verifiedDomains'> & {
      verifiedDomains?: { name: string; isInitial?: boolean | null }[] | null;
    };
    // And a meeting begins and ends at a time.
    type At = { dateTime: string; timeZone?: string | null };
    type Meeting = Omit<Answered<Event, Id>, 'start' | 'end'> & { start: At; end: At };
    const claims = [
      holds<Reads<G['user'], Answered<User, Id>>>(true),
      holds<Reads<G['group'], Answered<Group, Id>>>(true),
      holds<Reads<G['group'], Answered<OrgContact, Id>>>(true),
      holds<Reads<G['domain'], Answered<Domain, Id>>>(true),
      holds<Reads<G['serviceRecord'], DomainDnsMxRecord>>(true),
      holds<Reads<G['mailboxSettings'], MailboxSettings>>(true),
      holds<Reads<G['inboxCount'], Answered<MailFolder, Id>>>(true),
      holds<Reads<G['serviceHealth'], Answered<ServiceHealth, Id>>>(true),
      holds<Reads<G['foundMessage'], Answered<Message, Id>>>(true),
      holds<Reads<G['placedMessage'], Answered<Message, Id | 'receivedDateTime'>>>(true),
      holds<Reads<G['folderName'], MailFolder>>(true),
      holds<Reads<G['createdMessage'], Answered<Message, Id>>>(true),
      holds<Reads<G['attachmentName'], Answered<Attachment, Id>>>(true),
      holds<Reads<G['uploadSession'], Answered<UploadSession, 'uploadUrl'>>>(true),
      holds<Reads<G['organisation'], Tenant>>(true),
      holds<Reads<M['folder'], Answered<MailFolder, Id>>>(true),
      holds<Reads<M['change'], Answered<Message, Id>>>(true),
      holds<
        Reads<M['received'], Answered<Message, Id | 'createdDateTime' | 'lastModifiedDateTime'>>
      >(true),
      holds<Reads<M['event'], Meeting>>(true),
    ];
    expect(claims.every(Boolean)).toBe(true);
  });

  it('have every name that we select', () => {
    const claims = [
      holds<None<Unknown<typeof graphSchema.USER_FIELDS, User>>>(true),
      holds<None<Unknown<typeof graphSchema.GROUP_FIELDS, Group>>>(true),
      holds<None<Unknown<typeof graphSchema.CONTACT_FIELDS, OrgContact>>>(true),
      holds<None<Unknown<typeof graphSchema.DOMAIN_FIELDS, Domain>>>(true),
    ];
    expect(claims.every(Boolean)).toBe(true);
  });

  it('fit what we send', () => {
    const message = sentMessage(
      {
        messageId: 'a@holdfast.example',
        sentAt: 0,
        from: { name: 'Adele', address: 'adele@contoso.example' },
        to: [],
        cc: [],
        bcc: [],
        subject: 'Hello',
        text: 'Hello',
        html: null,
        inReplyTo: null,
        references: [],
        attachments: [],
        transportHeaders: '',
        marker: 'row',
      },
      [],
    ) satisfies Message;
    const attachment = fileAttachment({
      fileName: 'a.txt',
      contentType: 'text/plain',
      content: new Uint8Array(1),
      contentId: null,
      inline: false,
    }) satisfies FileAttachment & { '@odata.type': string };
    const item = {
      attachmentType: 'file',
      name: 'a.bin',
      size: 3_000_000,
      contentType: 'application/octet-stream',
      isInline: false,
      contentId: 'a',
    } satisfies AttachmentItem;
    const mark = { isRead: true, flag: { flagStatus: 'flagged' } } satisfies Message;
    expect([message, attachment, item, mark].every((sent) => Object.keys(sent).length > 0)).toBe(
      true,
    );
  });
});
