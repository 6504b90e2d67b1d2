import { launchChromium } from './browser.ts';
import { freePorts } from './free-ports.ts';
import { judgeAccessibility } from './lighthouse.ts';
import { OpenMailboxes } from './open-mailbox.ts';
const m = await OpenMailboxes.boot();
const [port = 0] = await freePorts(1);
const b = await launchChromium({ debuggingPort: port });
await m.deliver({ subject: 'LH check', body: 'x' });
const c = await m.client();
const t = Date.now();
console.log(
  await judgeAccessibility(m.url + (await m.pathOf('LH check')), port, c.cookie),
  Date.now() - t,
);
const l = await c.query<any>('mailbox.list', { folder: 'inbox', limit: 5 });
console.log(l.rows.map((r: any) => [r.subject, r.isRead]));
await b.close();
