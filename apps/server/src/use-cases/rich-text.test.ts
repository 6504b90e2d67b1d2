import {
  listMailbox,
  readDraft,
  readMessage,
  saveDraft,
  sendMessage,
  undoSend,
  type Ports,
  type SendMessageInput,
  type UserActor,
} from '@holdfast/application';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createMailWorld, type MailWorld } from './testing/mail-world.ts';
import { uploadWhole } from './testing/upload-whole.ts';

const OUTSIDER = 'lee@fabrikam.example';
const PNG = Buffer.from('89504e470d0a1a0a', 'hex');

let world: MailWorld;
let ada: UserActor;
let ben: UserActor;
beforeAll(async () => {
  world = await createMailWorld();
  ada = await world.user('ada');
  ben = await world.user('ben');
  await world.contoso.console.event.start({ scope: { kind: 'everyone' }, reason: 'a test' });
});
beforeEach(async () => {
  world.advance(60_000);
  await world.relay();
  world.handed.length = 0;
});
afterAll(() => world.close());

function message(change: Partial<SendMessageInput> = {}): SendMessageInput {
  const html = '<div>Hello <b>Lee</b>,</div><ul><li>one</li></ul>';
  const nobody = { cc: [], bcc: [], about: null, uploadIds: [] };
  return {
    key: randomUUID(),
    to: [OUTSIDER],
    subject: 'Figures',
    text: '',
    html,
    ...nobody,
    ...change,
  };
}

/** What left, read as its recipient's program reads it. */
async function handedOver() {
  world.advance(20_000);
  await world.relay();
  const [handed] = world.handed;
  const source = handed?.message.toString() ?? '';
  return { source, ...(await world.ports.format.read(Buffer.from(source))) };
}

/** A newsletter with a picture of its own and a remote one, from Ada to Ben. */
async function htmlForBen(): Promise<string> {
  const { format } = world.ports;
  const html =
    '<table bgcolor="#eeeeee"><tr><td style="color: red">Sale</td></tr></table>' +
    '<img src="cid:logo@x" alt="Logo"><img src="https://tracks.example/p.png" alt="A chart">';
  const attachments = [
    { fileName: 'logo.png', contentType: 'image/png', content: PNG, contentId: 'logo@x' },
  ];
  const ports: Ports = {
    ...world.ports,
    format: {
      ...format,
      compose: (input) => format.compose({ ...input, text: 'Sale!', html, attachments }),
    },
  };
  await sendMessage(ports, ada, message({ to: ['ben@contoso.example'] }));
  world.advance(20_000);
  await world.relay();
  world.handed.length = 0;
  const page = await listMailbox(world.ports, ben, { folder: 'inbox', limit: 1, before: null });
  return page.items[0]?.id ?? '';
}

describe('a message with formatting', () => {
  test('goes out in both forms, the plain one made from the other', async () => {
    await sendMessage(world.ports, ada, message({ text: 'Something else entirely' }));
    const { source, text, html } = await handedOver();
    expect(source).toContain('multipart/alternative');
    expect(text.trimEnd()).toBe('Hello Lee,\n- one');
    expect(html).toContain('<div>Hello <b>Lee</b>,</div><ul><li>one</li></ul>');
  });

  test('is cleaned before it goes out in its writer’s name', async () => {
    const html =
      '<b onclick="x()">a</b><script>x()</script><img src="https://tracks.example/p.png"><a href="javascript:x()">b</a>';
    await sendMessage(world.ports, ada, message({ html }));
    const { source } = await handedOver();
    // Of quoted-printable, the lines put together again.
    expect(source.replaceAll('=\r\n', '')).toContain('<body><b>a</b><a>b</a></body>');
    expect(source).not.toMatch(/script|tracks\.example|onclick/);
  });

  test('is plain text alone without', async () => {
    await sendMessage(world.ports, ada, message({ html: null, text: 'Hello' }));
    const { source, html } = await handedOver();
    expect(source).not.toContain('multipart');
    expect(html).toBeNull();
  });

  test('shows with it in Sent', async () => {
    await sendMessage(world.ports, ada, message());
    await world.ingest();
    const page = await listMailbox(world.ports, ada, { folder: 'sent', limit: 1, before: null });
    const opened = await readMessage(world.ports, ada, { itemId: page.items[0]?.id ?? '' });
    expect(opened.message.html).toContain('<b>Lee</b>');
  });
});

describe('an answer that quotes HTML', () => {
  test('has it below as it looks, its pictures with it, and nothing that loads', async () => {
    const itemId = await htmlForBen();
    const about = { itemId, mode: 'reply', parts: [], quote: true } as const;
    await sendMessage(world.ports, ben, message({ html: '<div>Thanks</div>', about }));
    const { source, text, html, parts, hasRemoteContent } = await handedOver();
    expect(text).toMatch(/^Thanks\n> Sale!/);
    expect(html).toMatch(/<div>Thanks<\/div><blockquote [^>]*data-quote="block"/);
    expect(html).toContain('Sale</td>');
    expect(html).toContain('[A chart]');
    expect(hasRemoteContent).toBe(false);
    expect(source).not.toContain('tracks.example');
    expect(parts).toMatchObject([{ fileName: 'logo.png', inline: true }]);
    expect(html).toContain(`data-cid="${parts[0]?.contentId?.replace(/^<|>$/g, '')}"`);
  });

  test('has what its writer saw of it where it is gone', async () => {
    const about = { itemId: randomUUID(), mode: 'reply', parts: [], quote: true } as const;
    const input = message({ html: '<div>Thanks</div>', text: 'Thanks\n> Sale!\n', about });
    await sendMessage(world.ports, ben, input);
    const { text, html } = await handedOver();
    expect(text.trimEnd()).toBe('Thanks\n> Sale!');
    expect(html).toContain('<div>Thanks</div><blockquote><div>Sale!</div>');
  });

  test('comes back from Undo as it was written, with the files and without the quotation’s pictures', async () => {
    const itemId = await htmlForBen();
    const file = { name: 'figures.csv', type: 'text/csv', content: Buffer.from('1;2;3') };
    const { id } = await uploadWhole(world.ports, ben, file);
    const about = { itemId, mode: 'reply', parts: [], quote: true } as const;
    const html = '<div><br /></div><div>Thanks <i>a lot</i></div><div><br /></div>';
    const sent = message({ html, about, uploadIds: [id] });
    await sendMessage(world.ports, ben, sent);
    await world.ingest();
    const undone = await undoSend(world.ports, ben, { key: sent.key });
    // By this the phone knows what of the text is quoted below.
    expect(undone.text).toMatch(/^\nThanks a lot\n\n> Sale!/);
    expect(undone).toMatchObject({
      html,
      isQuoting: true,
      answersItem: itemId,
      uploads: [{ fileName: 'figures.csv' }],
    });
  });
});

test('a draft keeps its formatting, and is another message than the same words without', async () => {
  const id = randomUUID();
  const html = '<div><b>Hello</b></div>';
  const about = { itemId: randomUUID(), mode: 'reply' as const, parts: [], quote: true };
  const content = {
    to: [],
    cc: [],
    bcc: [],
    subject: '',
    text: 'Hello',
    uploadIds: [],
    html,
    about,
  };
  const save = (base: number, change: Partial<typeof content>) =>
    saveDraft(world.ports, ada, {
      id,
      base,
      device: 'phone',
      writtenAt: world.ports.clock.now(),
      content: { ...content, ...change },
    });
  expect(await save(0, {})).toMatchObject({ revision: 1 });
  const draft = await readDraft(world.ports, ada, { id });
  expect(draft.content).toMatchObject({ html, about });
  expect(await save(1, {})).toMatchObject({ revision: 1 });
  expect(await save(1, { html: '<div><i>Hello</i></div>' })).toMatchObject({ revision: 2 });
});
