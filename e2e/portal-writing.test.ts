import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { DESK, launchChromium, PHONE, takePictures, type Visitor } from './src/browser.ts';
import { hasFocus } from './src/keyboard.ts';
import { MONA, OpenMailboxes } from './src/open-mailbox.ts';
import { NEWSLETTER } from './src/reading-letters.ts';
import { reportLogsOfFailures } from './src/report-logs.ts';
import { waitFor } from './src/wait-for.ts';
import { readable } from './src/walk-mail.ts';

const wordItem = (text: string): string =>
  `<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp; </span></span></span><![endif]>${text}<o:p></o:p></p>\r\n`;
/** As it is copied from Word, and from a page that means no good. */
const PASTED =
  '<p style="color: red"><span style="font-style: italic">pasted words</span></p>' +
  '<img src="x" onerror="window.hasRun = true"><script>window.hasRun = true</script>' +
  wordItem('gate 2') +
  wordItem('gate 6');

let mailboxes: OpenMailboxes;
let browser: Browser;
const visitors: Visitor[] = [];
reportLogsOfFailures(() => mailboxes?.product);

beforeAll(async () => {
  [mailboxes, browser] = await Promise.all([OpenMailboxes.boot(), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await mailboxes?.stop();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.log(await takePictures(visitors));
  for (const visitor of visitors.splice(0)) await visitor.leave();
});

async function arrive(screen: typeof PHONE, path = '/'): Promise<Visitor> {
  const visitor = await mailboxes.arrive(browser, screen, { path });
  visitors.push(visitor);
  return visitor;
}

/** What the server keeps of drafts, as another device would list it. */
async function draftsOnServer(): Promise<readonly { readonly preview: string }[]> {
  const client = await mailboxes.client();
  return client.query<readonly { readonly preview: string }[]>('drafts.list');
}

async function saved(preview: string): Promise<void> {
  await waitFor(`the draft “${preview}” on the server`, async () =>
    (await draftsOnServer()).some((row) => row.preview === preview),
  );
}

async function compose({ page }: Visitor, to: string, subject: string, text: string) {
  await page.getByRole('button', { name: 'Write' }).click();
  await page.getByRole('combobox', { name: 'To' }).fill(to);
  await page.getByRole('combobox', { name: 'To' }).press('Enter');
  await page.getByLabel('Subject').fill(subject);
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
}

/** As on a device that cannot keep up: no timer ends before the keys that are waiting. Its end lets go what is held. */
async function holdTimers(page: Page): Promise<() => Promise<void>> {
  const timers = await page.evaluateHandle(() => {
    const schedule = window.setTimeout.bind(window);
    const held: (() => void)[] = [];
    const hold = (...all: Parameters<typeof schedule>): number => held.push(() => schedule(...all));
    Object.assign(window, { setTimeout: hold });
    return () => {
      Object.assign(window, { setTimeout: schedule });
      for (const start of held) start();
    };
  });
  return () => timers.evaluate((letGo) => letGo());
}

async function paste(field: Locator, content: string): Promise<void> {
  await field.evaluate((element, html) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/html', html);
    element.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }, content);
}

test('a draft of the phone goes on at the desk; written on both without a connection it is two, and both go out', async () => {
  const phone = await arrive(PHONE);
  await compose(phone, MONA, 'From two devices', 'Begun on the phone');
  await saved('Begun on the phone');
  const desk = await arrive(DESK, '/drafts');
  await desk.page.getByText('From two devices').click();
  const atDesk = desk.page.getByRole('textbox', { name: 'Message' });
  await expect.poll(() => atDesk.inputValue()).toBe('Begun on the phone');

  await phone.page.context().setOffline(true);
  const onPhone = phone.page.getByRole('textbox', { name: 'Message' });
  await onPhone.fill('Begun on the phone, in a tunnel');
  await phone.sees('Draft kept on this device');
  await atDesk.fill('Begun on the phone, ended at the desk');
  await saved('Begun on the phone, ended at the desk');
  // The tunnel is long, and the page is thrown away at its end: what was typed is on the phone. The server's answer comes
  // to the page that goes, and the next one is loaded by the address of the draft that it was.
  const before = phone.page.url();
  const opened = phone.page.waitForResponse(/drafts\.read\b/);
  await phone.page.route(before, async (route) => {
    await opened;
    expect(phone.page.url()).not.toBe(before);
    await route.continue();
  });
  await phone.page.context().setOffline(false);
  await phone.page.reload();
  await phone.page.unroute(before);
  await phone.sees('Also written on another device');
  await saved('Begun on the phone, in a tunnel');
  expect(await onPhone.inputValue()).toBe('Begun on the phone, in a tunnel');

  await desk.page.keyboard.press('Control+Enter');
  await phone.page.getByRole('button', { name: 'Send' }).click();
  await waitFor('both messages outside', async () =>
    (await mailboxes.left('From two devices')).length === 2 ? true : undefined,
  );
  await waitFor('no draft', async () => ((await draftsOnServer()).length === 0 ? true : undefined));
});

test('a second window of the browser waits for the first, and goes on with what that one wrote', async () => {
  const first = await arrive(PHONE);
  await compose(first, MONA, 'In two windows', 'Begun in the first');
  const second = await first.page.context().newPage();
  await second.goto(first.page.url());
  await second.getByText('This draft is open in another window').waitFor();
  await first.page.getByRole('textbox', { name: 'Message' }).fill('Begun and ended in the first');
  // Closed perhaps before it has heard so: the server is told of its end all the same.
  await saved('Begun and ended in the first');
  await first.page.close();
  const onSecond = second.getByRole('textbox', { name: 'Message' });
  await expect.poll(() => onSecond.inputValue()).toBe('Begun and ended in the first');
  await second.getByRole('button', { name: 'Discard draft' }).click();
  await waitFor('no draft', async () => ((await draftsOnServer()).length === 0 ? true : undefined));
});

test('a message that is sent while its file goes up waits for it through a cut and a reload, and leaves once', async () => {
  const phone = await arrive(PHONE);
  await compose(phone, MONA, 'With a file', 'Here it is, attached.');
  const content = Buffer.from(Array.from({ length: 900_000 }, (_, index) => index % 251));
  // After two of four pieces nothing goes through.
  let pieces = 0;
  await phone.page.route('**/uploads/*', async (route) => {
    pieces += 1;
    if (pieces > 2) return route.abort('internetdisconnected');
    return route.continue();
  });
  const file = { name: 'figures.bin', mimeType: 'application/octet-stream', buffer: content };
  await phone.page.locator('input[type=file]').setInputFiles(file);
  await phone.sees('Waits for the connection and goes on by itself');
  await phone.page.getByRole('button', { name: 'Send' }).click();
  await phone.sees('Your message leaves by itself once its attachments are uploaded.');
  await phone.page.getByRole('link', { name: 'Show' }).click();
  await phone.sees('Leaves once its attachments are uploaded');
  await phone.page.reload();
  await phone.sees('Leaves once its attachments are uploaded');
  expect(await mailboxes.left('With a file')).toEqual([]);
  await phone.page.unroute('**/uploads/*');
  // Between two tries of a piece lie up to 30 s.
  await phone.page.getByRole('heading', { name: 'Nothing waits' }).waitFor({ timeout: 90_000 });
  const [sent, ...more] = await waitFor('the message outside', async () => {
    const left = await mailboxes.left('With a file');
    return left.length > 0 ? left : undefined;
  });
  expect(more).toEqual([]);
  const message = Buffer.from(sent?.raw ?? '', 'base64')
    .toString()
    .replaceAll(/\s/g, '');
  expect(message).toContain(content.toString('base64'));
});

test('an answer with formatting leaves as text and HTML, clean, and quotes HTML as it looks', async () => {
  await mailboxes.deliver(NEWSLETTER);
  const desk = await arrive(DESK, await mailboxes.pathOf(NEWSLETTER.subject));
  await desk.sees('Pictures from the internet are not loaded.');
  await desk.page.keyboard.press('r');
  await desk.page.getByRole('button', { name: 'Formatting', exact: true }).click();
  const text = desk.page.locator('.rich[contenteditable]');
  await hasFocus(text);
  // Into an empty message, as browsers wrap what comes from another program.
  await paste(
    text,
    `\r\n<!--StartFragment-->\r\n${wordItem('gate 4')}${wordItem('gate 5')}<!--EndFragment-->`,
  );
  await expect.poll(() => text.locator('ul > li').allInnerTexts()).toEqual(['gate 4', 'gate 5']);
  const release = await holdTimers(desk.page);
  // The second one leaves the list.
  await desk.page.keyboard.press('Enter');
  await desk.page.keyboard.press('Enter');
  await desk.page.keyboard.type('All ');
  await desk.page.keyboard.press('Control+b');
  await desk.page.keyboard.type('no');
  await release();
  await desk.page.keyboard.type('ted');
  // A line begins as its writer left it: bold goes on, and ends.
  await desk.page.keyboard.press('Enter');
  await desk.page.keyboard.type('twice');
  await desk.page.keyboard.press('Control+b');
  await desk.page.keyboard.press('Enter');
  await desk.page.keyboard.type('in thin');
  await desk.page.keyboard.press('Enter');
  await paste(text, PASTED);
  await desk.sees('pasted words');
  await desk.page.keyboard.press('Control+Enter');
  const [sent] = await waitFor('the answer outside', async () => {
    const left = await mailboxes.left(`Re: ${NEWSLETTER.subject}`);
    return left.length > 0 ? left : undefined;
  });
  if (sent === undefined) return;
  const message = readable(sent).replaceAll('\r\n', '\n');
  expect(message).toMatch(/Content-Type: multipart\/alternative/);
  const [, plain = '', html = ''] = message.split(/^Content-Type: text\/(?:plain|html);.*$/m);
  expect(plain).toContain('All noted\ntwice\nin thin\n');
  expect(plain).toContain('> GATES AND LORRIES');
  expect(html).toContain('<b>noted</b></div><div><b>twice</b></div><div>in thin</div>');
  expect(html).toContain('<i>pasted words</i>');
  expect(html).toMatch(/<ul><li>gate 2<\/li><li>gate 6(?:<br \/>)?<\/li><\/ul>/);
  expect(plain).toContain('- gate 2\n- gate 6\n');
  expect(html).toContain('<blockquote type="cite"');
  expect(html).toContain('Gate 2, the office first</td>');
  expect(html).not.toMatch(/script|onerror|fabrikam\.example\/|style="color: ?red/);
  expect(await desk.page.evaluate(() => 'hasRun' in window)).toBe(false);
});

test('a signature that comes late goes below what is being written, and nobody is moved away from it', async () => {
  const client = await mailboxes.client();
  const settings = { undoSeconds: 20, signature: 'Adele, gate 6', signatureUsed: true };
  await client.mutate('writing.saveSettings', settings);
  const late = async (): Promise<{ readonly desk: Visitor; readonly letThrough: () => void }> => {
    const desk = await arrive(DESK);
    const held = Promise.withResolvers<void>();
    await desk.page.route('**/trpc/**writing.settings**', async (route) => {
      await held.promise;
      await route.continue();
    });
    await compose(desk, MONA, 'Signed late', '');
    return { desk, letThrough: held.resolve };
  };

  const { desk, letThrough } = await late();
  const text = desk.page.getByRole('textbox', { name: 'Message' });
  await text.focus();
  await desk.page.keyboard.type('See you ');
  letThrough();
  await expect.poll(() => text.inputValue()).toBe('See you \n\nAdele, gate 6');
  await desk.page.keyboard.type('at six.');
  expect(await text.inputValue()).toBe('See you at six.\n\nAdele, gate 6');
  await desk.page.getByRole('button', { name: 'Discard draft' }).click();

  const again = await late();
  const { page } = again.desk;
  await page.getByRole('button', { name: 'Formatting', exact: true }).click();
  const rich = page.locator('.rich[contenteditable]');
  await rich.focus();
  const lines = (): Promise<readonly string[]> => rich.locator('> div').allInnerTexts();
  await page.keyboard.type('Dear Mona,');
  await page.keyboard.press('Enter');
  // A line with an end within it becomes two as it is put in again.
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.press('Control+b');
  await page.keyboard.type('see you ');
  again.letThrough();
  await expect.poll(lines).toContain('Adele, gate 6');
  await page.keyboard.type('at six.');
  await expect
    .poll(async () => (await rich.innerText()).replaceAll(/\s+/g, ' ').trim())
    .toBe('Dear Mona, see you at six. Adele, gate 6');
  expect(await rich.locator('b').innerText()).toBe('see you at six.');
  await page.getByRole('button', { name: 'Discard draft' }).click();
  await client.mutate('writing.saveSettings', { ...settings, signatureUsed: false });
});

test('what may have been forgotten is asked once; a discarded draft comes back', async () => {
  const desk = await arrive(DESK);
  await compose(desk, MONA, '', 'The offer is attached.');
  await desk.page.keyboard.press('Control+Enter');
  await desk.sees('The message has no subject. The text speaks of an attachment');
  await desk.page.getByRole('button', { name: 'Discard draft' }).click();
  await desk.page.getByRole('button', { name: 'Undo' }).click();
  const text = desk.page.getByRole('textbox', { name: 'Message' });
  await expect.poll(() => text.inputValue()).toBe('The offer is attached.');
  // The recipient is marked as outside, and still to be seen.
  await desk.sees(MONA);
  await hasFocus(text);
  await desk.page.keyboard.press('Control+Enter');
  await desk.page.getByRole('button', { name: 'Send anyway' }).click();
  await waitFor('the message outside', async () =>
    (await mailboxes.left('')).length === 1 ? true : undefined,
  );
});
