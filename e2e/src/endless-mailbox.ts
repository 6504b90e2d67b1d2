import type { Page, Route } from 'playwright-core';

/** Rows of one answer: fewer and larger ones than the portal asks for, so that a hundred thousand come in a minute. */
const ROWS_OF_ANSWER = 1000;
const MINUTE = 60_000;

interface Answer {
  readonly result?: { readonly data: unknown };
}

/**
 * The Inbox of this page is `count` messages long: what the server says of every other procedure stays as it is. For what is
 * about the list in the browser; what the server takes for as many is measured by `npm run bench -- mailbox`.
 */
export async function makeInboxEndless(page: Page, count: number): Promise<void> {
  const newest = Date.now();
  await page.route('**/trpc/**mailbox.list**', async (route) => {
    const names = new URL(route.request().url()).pathname.replace(/^.*\/trpc\//, '').split(',');
    const inputs = inputsOf(route);
    const response = await route.fetch();
    const answers = (await response.json()) as readonly Answer[];
    const changed = answers.map((answer, at) => {
      const input = inputs[String(at)];
      if (names[at] !== 'mailbox.list' || input?.folder !== 'inbox') return answer;
      return { result: { data: pageOf(Number(input.cursor ?? 0), count, newest) } };
    });
    // The server knows no such cursors, and refuses them.
    await route.fulfill({ response, status: 200, json: changed });
  });
}

function inputsOf(
  route: Route,
): Readonly<Record<string, { readonly folder?: string; readonly cursor?: string | null }>> {
  const text = new URL(route.request().url()).searchParams.get('input');
  return text === null ? {} : (JSON.parse(text) as ReturnType<typeof inputsOf>);
}

/** The poll asks for the newest page without a cursor, and gets the same again. */
function pageOf(from: number, count: number, newest: number): unknown {
  const until = Math.min(count, from + ROWS_OF_ANSWER);
  return {
    rows: Array.from({ length: until - from }, (_, at) => rowOf(from + at, newest)),
    // A real cursor is a string of the server's; the portal hands it back unread.
    nextCursor: until < count ? String(until) : null,
  };
}

function rowOf(number: number, newest: number): unknown {
  const id = `00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
  return {
    id,
    folder: 'inbox',
    from: { name: `Sender ${number % 97}`, address: 'someone@outside.example' },
    to: [],
    subject: `Message number ${number}`,
    preview: 'The first words of a message that is neither long nor short.',
    receivedAt: new Date(newest - number * MINUTE).toISOString(),
    isRead: number % 3 !== 0,
    isFlagged: number % 50 === 0,
    attachments: number % 8 === 0 ? 1 : 0,
    viaGroup: null,
    sinceEvent: false,
    conversation: { id, count: 1, unread: 0, itemIds: [id], unreadIds: [] },
  };
}
