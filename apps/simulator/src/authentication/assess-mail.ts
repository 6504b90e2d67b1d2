import type { Zone } from '../dns/zone.ts';
import { readHeaders } from '../mailbox/read-headers.ts';
import { checkSpf, type SpfResult } from './check-spf.ts';
import { verifyDkim, type DkimResult } from './verify-dkim.ts';

/** What an outside mail server finds of a message that is handed to it, in the words of RFC 8601. */
export interface MailAuthentication {
  readonly spf: SpfResult;
  readonly dkim: DkimResult['result'];
  /** `pass` when one of them passes for the domain of the author. */
  readonly dmarc: 'pass' | 'fail' | 'none';
  readonly dkimDomain: string | null;
  /** The value of an `Authentication-Results` field. The stored bytes are not changed. */
  readonly results: string;
}

export interface Handover {
  readonly address: string;
  readonly greeting: string;
  /** Empty for the null sender: then the greeting is asked about. */
  readonly from: string;
  readonly raw: Buffer;
}

const domainOf = (address: string): string =>
  address.slice(address.lastIndexOf('@') + 1).toLowerCase();

export async function assessMail(zone: Zone, handover: Handover): Promise<MailAuthentication> {
  const sender = handover.from === '' ? handover.greeting : domainOf(handover.from);
  const author = domainOf((await readHeaders(handover.raw)).from);
  const spf = checkSpf(zone, sender, handover.address);
  const dkim = verifyDkim(handover.raw, zone);
  const proved =
    (spf === 'pass' && isAligned(sender, author)) ||
    (dkim.result === 'pass' && isAligned(dkim.domain ?? '', author));
  const policy = zone.lookup(`_dmarc.${author}`, 'TXT');
  const hasPolicy = policy.found && policy.records.length > 0;
  const dmarc = hasPolicy ? (proved ? 'pass' : 'fail') : 'none';
  const results = [
    'mail.outside.example',
    `spf=${spf} smtp.mailfrom=${handover.from === '' ? handover.greeting : handover.from}`,
    dkim.domain === null ? 'dkim=none' : `dkim=${dkim.result} header.d=${dkim.domain}`,
    `dmarc=${dmarc} header.from=${author}`,
  ].join('; ');
  return { spf, dkim: dkim.result, dmarc, dkimDomain: dkim.domain, results };
}

/** Relaxed alignment, near enough: the same domain or one below it. */
function isAligned(proved: string, author: string): boolean {
  return proved === author || proved.endsWith(`.${author}`) || author.endsWith(`.${proved}`);
}
