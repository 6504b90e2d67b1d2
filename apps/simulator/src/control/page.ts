import express, { type Router } from 'express';
import { simpleParser } from 'mailparser';
import type { Mailbox } from '../mailbox/mailbox.ts';
import { OUTAGE_SHAPES, type OutageShape } from '../outage/outage.ts';
import { escapeHtml as text } from '../sample-mail/template.ts';
import type { World } from '../world.ts';
import { STYLE } from './page-style.ts';
import { presentMessages } from './present.ts';
import { tenantMailboxes } from './tenant-mailboxes.ts';

const SHAPE_LABELS: Readonly<Record<OutageShape, string>> = {
  none: 'All is well',
  transport: 'Transport: mail is refused with 451',
  mailbox: 'Mailboxes: mail is taken, nobody can read it',
  identity: 'Identity: nobody can sign in',
  throttle: 'Throttling: our address is slowed down',
  outbound: 'Outbound: mail out of the tenant is blocked',
};

/** The page to look at the world with. Plain HTML; all mail is shown as text. */
export function pageRouter(world: World): Router {
  const router = express.Router();
  router.get('/', (_request, response) => {
    response.type('html').send(layout('Simulator', overview(world)));
  });
  for (const [path, find] of [
    ['mailbox', (address: string) => world.tenantMail.existing(address)],
    ['external', (address: string) => world.outsideMail.existing(address)],
  ] as const) {
    router.get(`/${path}/:address`, (request, response) => {
      const { address } = request.params;
      response.type('html').send(layout(address, messageList(path, address, find(address))));
    });
    router.get(`/${path}/:address/:id`, async (request, response) => {
      const message = find(request.params.address)?.message(request.params.id);
      const parsed = message === undefined ? undefined : await simpleParser(message.raw);
      const body =
        message === undefined
          ? '<p>There is no such message.</p>'
          : `<p><a href="/${path}/${encodeURIComponent(request.params.address)}">Back</a></p>
<h2>${text(message.subject)}</h2>
<p>${text(message.from)} → ${text(message.to.join(', '))}</p>
<pre dir="auto">${text(parsed?.text ?? '')}</pre>
<p>${(parsed?.attachments ?? []).map((part) => text(`${part.filename ?? part.contentType} (${part.size} bytes)`)).join('<br>')}</p>
<details><summary>Source</summary><pre>${text(message.raw.toString('utf8'))}</pre></details>`;
      response.type('html').send(layout(request.params.address, body));
    });
  }
  return router;
}

function layout(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${text(title)}</title>
<style>${STYLE}</style></head><body><header><a href="/">Outside world</a> <span>simulated Office 365, DNS, SMS and mail servers</span></header>
<main><h1>${text(title)}</h1>${body}</main></body></html>`;
}

function overview(world: World): string {
  const mailboxes = tenantMailboxes(world);
  const sms = world.sms
    .list()
    .map(
      (one) =>
        `<tr><td>${text(one.at)}</td><td>${text(one.to)}</td><td>${text(one.text)}</td><td><form method="post" action="/control/sms/answer"><input type="hidden" name="from" value="${text(one.to)}"><button name="text" value="STOP">Answer STOP</button></form></td></tr>`,
    )
    .join('');
  const calls = world.voice
    .list()
    .map(
      (one) =>
        `<tr><td>${text(one.at)}</td><td>${text(one.to)}</td><td lang="${text(one.language)}">${text(one.text)}</td></tr>`,
    )
    .join('');
  return `<section><h2>Office 365</h2>${outageForm(world)}</section>
<section><h2>Text messages</h2>${sms === '' ? '<p>None yet.</p>' : `<table><tr><th>At</th><th>To</th><th>Text</th><th>Answer</th></tr>${sms}</table>`}</section>
<section><h2>Push messages to devices</h2>${pushTable(world)}</section>
<section><h2>Telephone calls</h2>${calls === '' ? '<p>None yet.</p>' : `<table><tr><th>At</th><th>To</th><th>Said</th></tr>${calls}</table>`}</section>
<section><h2>Outside mailboxes</h2>${mailboxTable('external', world.outsideMail.all())}</section>
<section><h2>Mailboxes of the tenant</h2>${mailboxTable('mailbox', mailboxes)}</section>
<section><h2>Start again</h2><form method="post" action="/control/reset"><button>Back to the initial state</button></form></section>`;
}

function pushTable(world: World): string {
  const rows = world.push
    .list()
    .map(({ at, device, topic, urgency, bytes }) =>
      [at, device, topic ?? '', urgency, `${bytes} bytes`]
        .map((cell) => `<td>${text(cell)}</td>`)
        .join(''),
    );
  if (rows.length === 0) return '<p>None yet.</p>';
  return `<table><tr><th>At</th><th>Device</th><th>Topic</th><th>Urgency</th><th>Content</th></tr>${rows.map((row) => `<tr>${row}</tr>`).join('')}</table>`;
}

function outageForm(world: World): string {
  const buttons = OUTAGE_SHAPES.map(
    (shape) =>
      `<button name="shape" value="${shape}"${shape === world.outage.shape ? ' aria-pressed="true"' : ''}>${text(SHAPE_LABELS[shape])}</button>`,
  ).join('');
  const since = new Date(world.outage.since).toISOString();
  return `<p><strong>${text(SHAPE_LABELS[world.outage.shape])}</strong> since ${since}</p>
<form method="post" action="/control/outage" class="choices">${buttons}</form>`;
}

function mailboxTable(path: string, mailboxes: readonly Mailbox[]): string {
  if (mailboxes.length === 0) return '<p>None yet.</p>';
  const rows = mailboxes.map((mailbox) => {
    const messages = mailbox.messages();
    const unread = messages.filter((message) => !message.isRead).length;
    const link = `/${path}/${encodeURIComponent(mailbox.address)}`;
    return `<tr><td><a href="${link}">${text(mailbox.address)}</a></td><td>${messages.length}</td><td>${unread}</td></tr>`;
  });
  return `<table><tr><th>Address</th><th>Messages</th><th>Unread</th></tr>${rows.join('')}</table>`;
}

function messageList(path: string, address: string, mailbox: Mailbox | undefined): string {
  const rows = presentMessages(mailbox).map((message) => {
    const link = `/${path}/${encodeURIComponent(address)}/${encodeURIComponent(message.id)}`;
    const cells = [message.receivedAt, message.folder, message.from].map(
      (cell) => `<td>${text(cell)}</td>`,
    );
    return `<tr${message.isRead ? '' : ' class="unread"'}>${cells.join('')}<td dir="auto"><a href="${link}">${text(message.subject || '(no subject)')}</a></td></tr>`;
  });
  if (rows.length === 0) return '<p>Empty.</p>';
  return `<table><tr><th>Received</th><th>Folder</th><th>From</th><th>Subject</th></tr>${rows.join('')}</table>`;
}
