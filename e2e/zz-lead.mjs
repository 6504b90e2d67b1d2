import { chromium } from 'playwright-core';
import { readFileSync } from 'node:fs';
const facts = JSON.parse(readFileSync(process.env.HOLDFAST_DATA_DIR + '/demo.json', 'utf8'));
const b = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
});
const dark = process.argv[2] === 'dark';
for (const [w, h] of [
  [1440, 900],
  [390, 844],
]) {
  const ctx = await b.newContext({
    viewport: { width: w, height: h },
    colorScheme: dark ? 'dark' : 'light',
  });
  const p = await ctx.newPage();
  p.on('console', (m) => m.type() === 'error' && console.log('console', m.text()));
  p.on('pageerror', (e) => console.log('pageerror', e.message));
  await p.goto(facts.adminUrl);
  await p.waitForTimeout(800);
  await p.screenshot({ path: `/tmp/lead/shots/signin-${w}.png` });
  await p.fill('input[type=email]', facts.adminEmail);
  await p.fill('input[type=password]', facts.adminPassword);
  await p.keyboard.press('Enter');
  await p.waitForTimeout(2000);
  await p.screenshot({ path: `/tmp/lead/shots/overview-${w}.png` });
  for (const path of (process.argv[3] ?? 'users,domains,event,security,connection').split(',')) {
    await p.goto(facts.adminUrl + '/' + path);
    await p.waitForTimeout(1500);
    await p.screenshot({ path: `/tmp/lead/shots/${path}-${w}.png`, fullPage: true });
  }
}
await b.close();
