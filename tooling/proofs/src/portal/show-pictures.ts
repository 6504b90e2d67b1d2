import type { Browser } from 'playwright-core';
import type { HostileHost } from './hostile-host.ts';
import type { Letter } from './letters.ts';
import { openLetter, type DeliveredLetter } from './open-letters.ts';
import type { Session } from './walls.ts';
import { settle, watch } from './watched-browser.ts';

/** Milliseconds for the pictures of one letter to be asked for. */
const LOADING = 2000;

/** Presses *Show pictures* in each letter that offers it. What then leaves is pictures, over https, without a trace of us. */
export async function showPictures(
  browser: Browser,
  host: HostileHost,
  session: Session,
  letters: readonly (Letter & DeliveredLetter)[],
): Promise<string> {
  const before = host.hits.length;
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const seen = await watch(context, session.url);
  try {
    await context.addCookies([
      { ...session.cookie, url: session.url, httpOnly: true, sameSite: 'Lax' },
    ]);
    const page = await context.newPage();
    await page.goto(`${session.url}/inbox`);
    await page.locator('h1').first().waitFor();
    let asked = 0;
    for (const letter of letters) {
      await openLetter(page, letter);
      const button = page.getByRole('button', { name: 'Show pictures', exact: true });
      if ((await button.count()) === 0) continue;
      await button.click();
      asked += 1;
      await button.waitFor({ state: 'detached' });
      await page.waitForLoadState('networkidle', { timeout: LOADING }).catch(() => undefined);
      await settle(page);
    }
    const hits = host.hits.slice(before);
    const others = hits.filter(({ destination, isSecure }) => destination !== 'image' || !isSecure);
    if (others.length > 0)
      throw new Error(`Other things than pictures left: ${JSON.stringify(others)}`);
    const telling = hits.filter(({ referrer, cookie }) => referrer !== null || cookie !== null);
    if (telling.length > 0) throw new Error(`Requests tell where from: ${JSON.stringify(telling)}`);
    if (
      seen.scripts.length + seen.dialogs.length + seen.windows.length + seen.navigations.length >
      0
    )
      throw new Error(`Something ran: ${JSON.stringify(seen)}`);
    if (asked === 0 || hits.length === 0) throw new Error('No pictures were shown when asked for');
    return `after *Show pictures* in ${asked} messages: ${hits.length} requests, all of them for pictures, over https, without referrer or cookie`;
  } finally {
    await context.close();
  }
}
