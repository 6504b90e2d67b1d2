/**
 * The portal to look at: boots a demo with an active event, signs one person in, and
 *
 *   node e2e/src/show-portal.ts                            stays up and says where, until Ctrl-C
 *   node e2e/src/show-portal.ts pictures <folder> <path>…  takes pictures of the paths (`/`, `/people` …) and ends
 *
 * Pictures are at both widths, in light and dark. Build the portal first: `pnpm --filter @holdfast/portal run build`.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DESK, launchChromium, PHONE } from './browser.ts';
import { OWN_PASSWORD } from './first-sign-in.ts';
import { ADELE, OpenMailboxes } from './open-mailbox.ts';

const SCREENS = { phone: PHONE, desk: DESK } as const;
const SCHEMES = ['light', 'dark'] as const;

const [what, folder, ...paths] = process.argv.slice(2);
const mailboxes = await OpenMailboxes.boot();
try {
  if (what === 'pictures' && folder !== undefined) await takeAll(folder, paths);
  else await stayUp();
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

async function takeAll(into: string, wanted: readonly string[]): Promise<void> {
  await mkdir(into, { recursive: true });
  const browser = await launchChromium();
  try {
    for (const [name, screen] of Object.entries(SCREENS)) {
      const visitor = await mailboxes.arrive(browser, screen);
      for (const path of wanted.length === 0 ? ['/'] : wanted) {
        await visitor.page.goto(`${mailboxes.url}${path}`);
        await visitor.page.locator('h1').first().waitFor();
        await visitor.page.locator('.skeleton').first().waitFor({ state: 'detached' });
        for (const scheme of SCHEMES) {
          await visitor.page.emulateMedia({ colorScheme: scheme });
          const file = `${path.replaceAll(/\W+/g, '-').slice(1) || 'inbox'}-${name}-${scheme}.png`;
          await visitor.page.screenshot({ path: join(into, file), animations: 'disabled' });
        }
      }
      for (const fault of visitor.takeFaults()) console.log(fault);
      await visitor.leave();
    }
  } finally {
    await browser.close();
  }
}
