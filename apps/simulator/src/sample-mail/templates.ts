import { csv, ics, pdf, png } from './attachments.ts';
import { type Draft, type Letter, paragraphs } from './template.ts';

const HOUR_MS = 3_600_000;

function invoice({ recipient, random }: Letter): Draft {
  const number = 10_000 + random.below(90_000);
  const amount = `${100 + random.below(4_900)}.${10 + random.below(90)}`;
  const text = `Dear customer,\n\nplease find attached invoice ${number} over ${amount} EUR, payable within 14 days.\n\nFabrikam Accounts`;
  return {
    from: { name: 'Fabrikam Accounts', address: 'invoices@fabrikam.example' },
    to: [recipient],
    subject: `Invoice ${number}`,
    text,
    html: `<html><body>${paragraphs(text)}<table border="1" cellpadding="4"><tr><th>Item</th><th>Amount</th></tr><tr><td>Services</td><td align="right">${amount} EUR</td></tr></table></body></html>`,
    attachments: [
      {
        filename: `Invoice-${number}.pdf`,
        contentType: 'application/pdf',
        content: pdf(`Invoice ${number}: ${amount} EUR`),
      },
    ],
  };
}

function newsletter({ recipient, random }: Letter): Draft {
  const issue = 100 + random.below(200);
  const text = `The Northwind letter, no. ${issue}\n\nNew in the shop: winter gloves, wool caps and a lamp for dark mornings.\n\nUnsubscribe: https://northwind.example/unsubscribe`;
  return {
    from: { name: 'Northwind Traders', address: 'newsletter@northwind.example' },
    to: [recipient],
    subject: `The Northwind letter, no. ${issue} ☃`,
    text,
    html: `<html><body style="font-family:sans-serif;background:#f4f4f0"><img src="cid:banner" width="320" height="80" alt="Northwind">${paragraphs(text)}<img src="https://northwind.example/pixel.png" width="1" height="1" alt=""></body></html>`,
    attachments: [
      {
        filename: 'banner.png',
        contentType: 'image/png',
        content: png(320, 80, [40, 110, 150]),
        cid: 'banner',
        contentDisposition: 'inline',
      },
    ],
    headers: {
      'List-Id': 'Northwind letter <letter.northwind.example>',
      'List-Unsubscribe': '<https://northwind.example/unsubscribe>',
      Precedence: 'bulk',
    },
  };
}

function report({ recipient, random }: Letter): Draft {
  const rows = ['North', 'South', 'East', 'West'].map((region) => [
    region,
    String(1_000 + random.below(9_000)),
  ]);
  return {
    from: { name: 'Wingtip Reports', address: 'reports@wingtip.example' },
    to: [recipient],
    subject: 'Weekly sales by region',
    text: 'The figures of last week are attached as a table.\n\nThis message was made by a machine.',
    attachments: [
      {
        filename: 'sales.csv',
        contentType: 'text/csv; charset=utf-8',
        content: csv([['Region', 'Sales'], ...rows]),
      },
    ],
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

function meeting({ recipient, at, random }: Letter): Draft {
  const title = random.pick(['Quarterly review', 'Budget talk', 'Planning of the trade fair']);
  const organiser = 'kai.carter@fabrikam.example';
  const startsAt = Math.ceil(at / HOUR_MS) * HOUR_MS + 48 * HOUR_MS;
  return {
    from: { name: 'Kai Carter', address: organiser },
    to: [recipient],
    subject: `Invitation: ${title}`,
    text: `You are invited: ${title}.`,
    attachments: [
      {
        filename: 'invite.ics',
        contentType: 'text/calendar; charset=utf-8; method=REQUEST',
        content: ics({
          uid: `${random.hex(16)}@fabrikam.example`,
          title,
          organiser,
          attendee: recipient,
          startsAt,
          minutes: 45,
        }),
      },
    ],
  };
}

function photos({ recipient, random }: Letter): Draft {
  const colour = [60 + random.below(180), 60 + random.below(180), 60 + random.below(180)] as const;
  return {
    from: { name: 'Nora Winter', address: 'nora.winter@northwind.example' },
    to: [recipient],
    subject: 'Photo of the new shop window',
    text: 'Here is the photo we talked about. Too dark?\n\nNora',
    html: '<html><body><p>Here is the photo we talked about. <b>Too dark?</b></p><p>Nora</p></body></html>',
    attachments: [
      {
        filename: 'Schaufenster – größer.png',
        contentType: 'image/png',
        content: png(240, 160, colour),
      },
    ],
  };
}

/** Mail that stands alone, other than the conversations. */
export const TEMPLATES: readonly [(letter: Letter) => Draft, ...((letter: Letter) => Draft)[]] = [
  invoice,
  newsletter,
  report,
  meeting,
  photos,
];
