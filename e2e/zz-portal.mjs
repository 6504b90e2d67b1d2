import { chromium } from 'playwright-core';
import { readFileSync } from 'node:fs';
const facts = JSON.parse(readFileSync(process.env.HOLDFAST_DATA_DIR + '/demo.json', 'utf8'));
const sms = await (await fetch(facts.simulatorUrl + '/control/sms')).json();
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'] });
const login = 'adele.vance@contoso.example';
const text = sms.find((m) => m.text.includes(login)).text;
console.log(text);
let password = /([0-9A-Z]{5}-[0-9A-Z]{4}-[0-9A-Z]{4})/.exec(text)?.[1];
const state = { signed: false };
for (const [w, h, scheme] of [[390, 844, 'light'], [1440, 900, 'dark']]) {
  const ctx = await b.newContext({ viewport: { width: w, height: h }, colorScheme: scheme });
  const p = await ctx.newPage();
  p.on('console', (m) => m.type() === 'error' && console.log('console', m.text()));
  p.on('pageerror', (e) => console.log('pageerror', e.message));
  await p.goto(facts.portalUrl);
  await p.waitForTimeout(800);
  await p.screenshot({ path: `/tmp/lead/shots/p-signin-${w}.png` });
  const inputs = p.locator('input:visible');
  await inputs.nth(0).fill(login);
  await inputs.nth(1).fill(password);
  await p.keyboard.press('Enter');
  await p.waitForTimeout(1500);
  await p.screenshot({ path: `/tmp/lead/shots/p-after-${w}.png` });
  if (!state.signed) {
    const q = p.locator('input[type=password]:visible');
    for (let i = 0; i < (await q.count()); i++) await q.nth(i).fill('a sentence is fine here');
    await p.keyboard.press('Enter');
    await p.waitForTimeout(1500);
    password = 'a sentence is fine here';
    state.signed = true;
  }
  await p.waitForTimeout(1000);
  await p.screenshot({ path: `/tmp/lead/shots/p-inbox-${w}.png` });
  await p.getByText('Delivery on Thursday').first().click().catch((e) => console.log(e.message));
  await p.waitForTimeout(1500);
  await p.screenshot({ path: `/tmp/lead/shots/p-read-${w}.png` });
  await p.getByRole('button', { name: /reply$/i }).first().click().catch((e) => console.log(e.message));
  await p.waitForTimeout(1200);
  await p.screenshot({ path: `/tmp/lead/shots/p-compose-${w}.png` });
}
await b.close();
