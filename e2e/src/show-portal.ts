/**
 * The portal to look at: boots a demo with an active event, signs one person in, and
 *
 *   node e2e/src/show-portal.ts                            stays up and says where, until Ctrl-C
 *   node e2e/src/show-portal.ts pictures <folder> <path>…  takes pictures of the paths (`/`, `/people` …) and ends
 *   node e2e/src/show-portal.ts letters <folder> [words]   receives mail as it really comes, and takes pictures of each
 *                                                          letter (with these words in its name) in the reader
 *
 * Pictures are at both widths, in light and dark. Build the portal first: `pnpm --filter @holdfast/portal run build`.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { HUGE_LETTER, REAL_MAIL } from '@holdfast/letters';
import { DESK, launchChromium, PHONE } from './browser.ts';
import { DrawnPage } from './drawn-page.ts';
import { OWN_PASSWORD } from './first-sign-in.ts';
import { ADELE, OpenMailboxes } from './open-mailbox.ts';
import { deliverRealMail } from './real-letters.ts';

const SCREENS = { phone: PHONE, desk: DESK } as const;
const SCHEMES = ['light', 'dark'] as const;

/** Name of a picture, and what is on it. */
type Sights = ReadonlyMap<string, string>;

const [what, folder, ...rest] = process.argv.slice(2);
const mailboxes = await OpenMailboxes.boot();
try {
  if (folder === undefined) await stayUp();
  else if (what === 'pictures') await takeAll(folder, pages(rest));
  else if (what === 'letters') await takeAll(folder, await letters(rest.join(' ')));
  else throw new Error(`What is “${what}”?`);
} finally {
  await mailboxes.stop();
}

async function stayUp(): Promise<void> {
  const { facts } = mailboxes.product;
  const { cookie } = await mailboxes.client();
  console.log(`Portal     ${facts.portalUrl}`);
  console.log(`Login      ${ADELE}`);
  console.log(`Password   ${OWN_PASSWORD}`);
  console.log(`Cookie     ${cookie.name}=${cookie.value}`);
  console.log(`Mail in    smtp://127.0.0.1:${facts.mxPort}`);
  console.log(`Mail out   ${facts.simulatorUrl}`);
  console.log(`Console    ${facts.adminUrl}   ${facts.adminEmail}   ${facts.adminPassword}`);
  await new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
}

function pages(paths: readonly string[]): Sights {
  const wanted = paths.length === 0 ? ['/'] : paths;
  return new Map(wanted.map((path) => [fileName(path) || 'inbox', path]));
}

/** Numbered as they stand in the corpus. */
async function letters(words: string): Promise<Sights> {
  const all = [...REAL_MAIL, HUGE_LETTER];
  const wanted = all.filter(({ name }) => name.includes(words));
  const paths = await deliverRealMail(mailboxes, wanted);
  const numbered = [...paths].map(([name, path]) => {
    const number = all.findIndex((mail) => mail.name === name) + 1;
    return [`${String(number).padStart(2, '0')}-${fileName(name)}`, path] as const;
  });
  return new Map(numbered);
}

function fileName(words: string): string {
  return words.replaceAll(/\W+/g, '-').replace(/^-|-$/g, '');
}

async function takeAll(into: string, sights: Sights): Promise<void> {
  await mkdir(into, { recursive: true });
  const browser = await launchChromium();
  try {
    for (const [name, screen] of Object.entries(SCREENS)) {
      const visitor = await mailboxes.arrive(browser, screen, { path: null });
      const { page } = visitor;
      const drawn = new DrawnPage(page);
      for (const [sight, path] of sights) {
        await drawn.open(`${mailboxes.url}${path}`);
        for (const scheme of SCHEMES) {
          await page.emulateMedia({ colorScheme: scheme });
          const file = join(into, `${sight}-${name}-${scheme}.png`);
          await page.screenshot({ path: file, animations: 'disabled' });
        }
      }
      for (const fault of visitor.takeFaults()) console.log(fault);
      await visitor.leave();
    }
  } finally {
    await browser.close();
  }
}
