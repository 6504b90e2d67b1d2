/// <reference lib="dom" />
import { HUGE_LETTER, REAL_MAIL } from '@holdfast/letters';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible } from './src/axe.ts';
import { launchChromium, PHONE, type Visitor } from './src/browser.ts';
import { OpenMailboxes } from './src/open-mailbox.ts';
import { Portal } from './src/pages/portal.ts';
import { INVITATION, NEWSLETTER, PHISHING } from './src/reading-letters.ts';
import { deliverRealMail, TELLING } from './src/real-letters.ts';
import { reportLogsOfFailures } from './src/report-logs.ts';
import { waitFor } from './src/wait-for.ts';
import { walkSteps } from './src/walk-steps.ts';

/** Longer than a phone is high, with a picture of its own and one that is asked for. */
const PICTURES = {
  subject: 'Pictures of the gates',
  raw: [
    'From: Mona Kane <mona.kane@fabrikam.example>',
    'To: Adele Vance <adele.vance@contoso.example>',
    'Subject: Pictures of the gates',
    `Message-ID: <pictures-${process.pid}@fabrikam.example>`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/related; boundary=p',
    '',
    '--p',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<p>Pay <a href="https://evil.example/login">https://contoso.example/invoices</a></p>',
    '<p>Ask <a href="mailto:gate2@fabrikam.example">the gate</a>.</p>',
    ...Array.from({ length: 40 }, (_, index) => `<p>Gate ${index + 1} is painted.</p>`),
    '<img src="cid:own@fabrikam.example" alt="">',
    '<img src="https://pictures.fabrikam.example/gate.png" alt="">',
    '--p',
    'Content-Type: image/png; name=own.png',
    'Content-ID: <own@fabrikam.example>',
    'Content-Transfer-Encoding: base64',
    '',
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    '--p--',
    '',
  ].join('\r\n'),
};

let mailboxes: OpenMailboxes;
let browser: Browser;
reportLogsOfFailures(() => mailboxes?.product);

beforeAll(async () => {
  [mailboxes, browser] = await Promise.all([OpenMailboxes.boot(), launchChromium()]);
  for (const letter of [NEWSLETTER, PHISHING, INVITATION]) await mailboxes.deliver(letter);
});
afterAll(async () => {
  await browser?.close();
  await mailboxes?.stop();
});

/** After this the letter is loaded anew: until then its frame keeps the document of before. */
async function lettersNext(page: Page): Promise<() => Promise<void>> {
  const before = await page.evaluateHandle(
    () => document.querySelector<HTMLIFrameElement>('iframe.letter')?.contentDocument,
  );
  return async () => {
    await page.waitForFunction((document_) => {
      const now = document.querySelector<HTMLIFrameElement>('iframe.letter')?.contentDocument;
      return now !== document_ && now?.URL === 'about:srcdoc' && now.readyState !== 'loading';
    }, before);
  };
}

describe('reading on a phone', () => {
  const visitors = new Set<Visitor>();
  const step = walkSteps(visitors);
  let visitor: Visitor;
  let person: Portal;

  step('the inbox opens', async () => {
    visitor = await mailboxes.arrive(browser, PHONE);
    visitors.add(visitor);
    person = new Portal(visitor);
  });

  step('a finger that is on Back while a message comes leads back', async () => {
    const { page } = visitor;
    const comes = Promise.withResolvers<void>();
    await page.route(/mailbox\.read\b/, async (route) => {
      await comes.promise;
      await route.continue();
    });
    await page.getByRole('link', { name: NEWSLETTER.subject }).click();
    await page.getByRole('button', { name: 'Back to Inbox' }).hover();
    await page.mouse.down();
    const subject = page.getByRole('article').getByRole('heading', { name: NEWSLETTER.subject });
    expect(await subject.count()).toBe(0);
    comes.resolve();
    await subject.waitFor();
    await page.mouse.up();
    await page.getByRole('article').waitFor({ state: 'detached' });
    await page.unroute(/mailbox\.read\b/);
  });

  step(
    'a newsletter of 600 px fits without scrolling sideways, and its letters keep their size',
    async () => {
      await person.read(NEWSLETTER.subject);
      await person.letter().getByText('Gates and lorries').waitFor();
      const body = person.letter().locator('body');
      const size = await waitFor('the newsletter to fit', () =>
        body.evaluate((element) =>
          element.scrollWidth - element.clientWidth > 1
            ? null
            : Number.parseFloat(getComputedStyle(element.querySelector('td') ?? element).fontSize) *
              Number(element.style.zoom || 1),
        ),
      );
      expect(size).toBeGreaterThanOrEqual(12);
      await visitor.sees('1 tracking picture was taken out.');
      await expectAccessible(visitor, 'newsletter');
    },
  );

  step(
    'its pictures are shown when asked for, and always if the sender is to be believed',
    async () => {
      const { page } = visitor;
      const asked = (): readonly string[] =>
        visitor.requests.filter((url) => url.includes('pictures.fabrikam'));
      expect(asked()).toEqual([]);
      const picture = page.waitForRequest(/lorry\.png/);
      await page.getByRole('button', { name: 'Always from mona.kane@fabrikam.example' }).click();
      await visitor.sees('Pictures from mona.kane@fabrikam.example are always loaded.');
      await picture;
      expect(new Set(asked())).toEqual(new Set(['https://pictures.fabrikam.example/lorry.png']));
      const loadedAnew = await lettersNext(page);
      await page.getByRole('button', { name: 'Stop' }).click();
      await page.getByRole('button', { name: 'Show pictures' }).waitFor();
      await loadedAnew();
      // Nothing outside of this machine is reached, which the browser logs.
      expect(visitor.takeFaults().filter((fault) => !fault.includes('net::ERR_'))).toEqual([]);
    },
  );

  step('an address in a letter is written to here, not in the phone’s own program', async () => {
    const { page } = visitor;
    await person.letter().getByRole('link', { name: 'the gate' }).click();
    const composer = page.getByRole('dialog');
    await composer.getByText('gate2@fabrikam.example').waitFor();
    expect(await composer.getByLabel('Subject').inputValue()).toBe('Our lorry');
    expect(await composer.getByText('spy@elsewhere.example').count()).toBe(0);
    await page.goBack();
    await person.backToList();
    await person.read(INVITATION.subject);
    await page.getByRole('article').getByRole('link', { name: 'budget@' }).click();
    await composer.getByText('budget@fabrikam.example').waitFor();
    await page.goBack();
  });

  step(
    'a colleague’s name on a stranger’s address is warned of, and so is a link that leads elsewhere',
    async () => {
      const { page } = visitor;
      await person.backToList();
      await person.read(PHISHING.subject);
      await visitor.sees(/The name is that of a colleague, Megan Bowen/);
      await visitor.sees(/An answer goes to pay@elsewhere\.example/);
      await person.letter().getByText('(leads to evil.example)').waitFor();
      await person.letter().getByRole('link').click();
      const question = page.getByRole('dialog', { name: 'This link leads somewhere else' });
      await question
        .getByText('It says https://contoso.example/invoices. It leads to evil.example.')
        .waitFor();
      await expectAccessible(visitor, 'link question');
      await question.getByRole('button', { name: 'Stay here' }).click();
      await question.waitFor({ state: 'detached' });
      await person.letter().getByRole('link').click({ button: 'right' });
      expect(await question.count()).toBe(0);
      // In a new tab by the middle button as well, which is no click.
      await person.letter().getByRole('link').click({ button: 'middle' });
      await question.getByRole('button', { name: 'Stay here' }).click();
      expect(visitor.requests.some((url) => url.includes('evil.example'))).toBe(false);
    },
  );

  step('a second tap on Back, before the first has led there, leads no further', async () => {
    const { page } = visitor;
    await person.backToList();
    await page.getByRole('link', { name: 'Search' }).click();
    await page.getByRole('searchbox').waitFor();
    await page.getByRole('button', { name: 'Back' }).evaluate((button: HTMLElement) => {
      button.click();
      button.click();
    });
    await page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
    await person.read(PHISHING.subject);
  });

  step(
    'an invitation says when, for whom and where to join; attachments are shown where that is safe',
    async () => {
      const { page } = visitor;
      await person.backToList();
      await person.read(INVITATION.subject);
      const card = page.getByRole('region', { name: 'Invitation' });
      await card.getByText('09:00–10:00 (America/New_York)').waitFor();
      await card.getByText('Every week on Thursday, 4 times').waitFor();
      expect(await card.getByRole('link', { name: /^Join/ }).getAttribute('href')).toMatch(
        /^https:\/\/teams\.microsoft\.com\/l\/meetup-join\//,
      );
      await expectAccessible(visitor, 'invitation');
      await page.getByRole('button', { name: /^Show notes\.txt/ }).click();
      const preview = page.getByRole('dialog', { name: 'notes.txt' });
      await preview.getByText('Grüße <b>not bold</b>').waitFor();
      await expectAccessible(visitor, 'text preview');
      await preview.getByRole('button', { name: 'Close' }).click();
      expect(await page.getByRole('button', { name: /^Show page\.html/ }).count()).toBe(0);
    },
  );

  step('on paper there is the message and nothing of the application', async () => {
    const { page } = visitor;
    await page.emulateMedia({ media: 'print' });
    await page.getByRole('heading', { level: 1, name: INVITATION.subject }).waitFor();
    for (const button of ['Reply', 'Delete', 'More'])
      expect(await page.getByRole('button', { name: button, exact: true }).isVisible()).toBe(false);
    await page.emulateMedia({ media: 'screen' });
  });

  step('the source is text', async () => {
    const { page } = visitor;
    await page.locator('summary[aria-label="More"]').click();
    await expectAccessible(visitor, 'menu of a message');
    const href = await page.getByRole('link', { name: 'Show source' }).getAttribute('href');
    const source = await page.request.get(`${mailboxes.url}${href}`);
    expect(source.headers()['content-type']).toBe('text/plain; charset=utf-8');
    expect(await source.text()).toContain('BEGIN:VCALENDAR');
  });
});

test('a letter does not wait for its slowest picture: it has its height, its links ask, and an address begins one draft', async () => {
  await mailboxes.deliver(PICTURES);
  const visitor = await mailboxes.arrive(browser, PHONE);
  const { page } = visitor;
  const person = new Portal(visitor);
  const own = Promise.withResolvers<void>();
  const remote = Promise.withResolvers<void>();
  await page.route('**/attachments/**', async (route) => {
    await own.promise;
    await route.continue();
  });
  await page.route('https://pictures.fabrikam.example/**', async (route) => {
    await remote.promise;
    await route.abort();
  });
  const frame = page.locator('iframe.letter');
  const isInItsHeight = (): Promise<boolean> =>
    frame.evaluate((element: HTMLIFrameElement) => {
      const height = element.contentDocument?.body?.getBoundingClientRect().height ?? 0;
      return height > innerHeight && element.clientHeight === Math.ceil(height);
    });
  const isLoaded = (): Promise<boolean> =>
    frame.evaluate(
      (element: HTMLIFrameElement) => element.contentDocument?.readyState === 'complete',
    );
  const asks = async (): Promise<void> => {
    await visitor.press(person.letter().getByRole('link', { name: 'https://contoso.example' }));
    const question = page.getByRole('dialog', { name: 'This link leads somewhere else' });
    await visitor.press(question.getByRole('button', { name: 'Stay here' }));
    await question.waitFor({ state: 'detached' });
  };
  const beginsOneDraft = async (): Promise<void> => {
    const reading = page.url();
    await visitor.press(person.letter().getByRole('link', { name: 'the gate' }));
    await page.getByRole('dialog').getByText('gate2@fabrikam.example').waitFor();
    await page.goBack();
    await page.waitForURL(reading);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  };

  const ownAsked = page.waitForRequest(/\/attachments\//);
  await person.read(PICTURES.subject);
  await ownAsked;
  await waitFor('the letter in its height', isInItsHeight);
  await asks();
  await beginsOneDraft();
  expect(await isLoaded()).toBe(false);

  own.resolve();
  await waitFor('its own picture', isLoaded);
  await asks();
  await beginsOneDraft();

  const loadedAnew = await lettersNext(page);
  await visitor.press(page.getByRole('button', { name: 'Show pictures' }));
  await loadedAnew();
  await asks();
  await beginsOneDraft();
  await waitFor('the letter in its height', isInItsHeight);
  expect(await isLoaded()).toBe(false);
  remote.resolve();
  await waitFor('all pictures', isLoaded);
  await beginsOneDraft();
  // Nothing outside of this machine is reached, which the browser logs.
  expect(visitor.takeFaults().filter((fault) => !fault.includes('net::ERR_'))).toEqual([]);
  await visitor.leave();
});

// Last: what is read above has to stand where a phone shows it.
test('mail as it really comes is read on a phone: its words are there, and nothing is wider than the screen', async () => {
  const letters = [...REAL_MAIL, HUGE_LETTER].filter(({ name }) => TELLING.has(name));
  expect(letters).toHaveLength(TELLING.size);
  const paths = await deliverRealMail(mailboxes, letters);
  const visitor = await mailboxes.arrive(browser, PHONE, { path: null });
  const { page } = visitor;
  for (const [name, words] of TELLING) {
    await page.goto(`${mailboxes.url}${paths.get(name)}`);
    await page.getByRole('article').locator('.message-head').waitFor();
    const places = [page.getByRole('article'), page.frameLocator('iframe.letter')];
    await waitFor(`the words of “${name}”`, async () => {
      const counts = await Promise.all(places.map((place) => place.getByText(words).count()));
      return counts.some((count) => count > 0);
    });
    expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBe(PHONE.width);
    for (const body of await page.frameLocator('iframe.letter').locator('body').all()) {
      // A table that cannot give way scrolls by itself.
      await waitFor(`“${name}” to fit`, () =>
        body.evaluate(
          (element) =>
            element.style.overflowX === 'auto' || element.scrollWidth - element.clientWidth <= 1,
        ),
      );
    }
  }
  expect(visitor.takeFaults()).toEqual([]);
  await visitor.leave();
});
