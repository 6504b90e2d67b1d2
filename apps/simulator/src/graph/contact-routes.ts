import type { Request, Router } from 'express';
import type { Mailbox } from '../mailbox/mailbox.ts';
import { badRequest } from './graph-error.ts';
import { link, textParameter } from './page.ts';

/** Graph gives ten contacts when nothing is asked for. */
const DEFAULT_PAGE = 10;
const FIELDS = ['id', 'displayName', 'emailAddresses'];

/** People outside, as one has them in one's own address book; one is there without an address. */
const CONTACTS = [
  ['Kai Carter', 'kai.carter@fabrikam.example'],
  ['Mona Kane', 'mona.kane@fabrikam.example'],
  ['Tom Brandt', 'tom.brandt@fabrikam.example'],
  ['Taxi', ''],
] as const;

/** The main folder of somebody's own contacts, read only. */
export function contactRoutes(routes: Router, mailbox: (request: Request) => Mailbox): void {
  routes.get('/contacts', (request, response) => {
    const { address } = mailbox(request);
    const select = textParameter(request.query, '$select');
    const unknown = select.split(',').find((name) => name !== '' && !FIELDS.includes(name.trim()));
    if (unknown !== undefined)
      throw badRequest(`The simulator has no property '${unknown}' of a contact.`);
    const top = Number(textParameter(request.query, '$top') || DEFAULT_PAGE);
    const skip = Number(textParameter(request.query, '$skip') || 0);
    const url = `${request.protocol}://${request.get('host')}${request.baseUrl}${request.path}`;
    response.json({
      '@odata.context': `${new URL(url).origin}/graph/v1.0/$metadata#Collection(contact)`,
      ...(CONTACTS.length > skip + top && {
        '@odata.nextLink': link(url, { ...request.query, $skip: skip + top }),
      }),
      value: CONTACTS.slice(skip, skip + top).map(([name, mail], index) => ({
        id: `AAMkC${Buffer.from(`${address}/${skip + index}`).toString('base64url')}`,
        displayName: name,
        emailAddresses: mail === '' ? [] : [{ name, address: mail }],
      })),
    });
  });
}
