import type { DomainAlertRecord } from '../../records/domain-report.ts';

export interface AlertWords {
  readonly title: string;
  /** What it means for mail. */
  readonly consequence: string;
  readonly mend: string;
}

/** What has changed, what it means, and what to do: the same words in the console, in mail and on the command line. */
export function driftWords({
  kind,
  domain,
  subject,
  level,
}: Pick<DomainAlertRecord, 'kind' | 'domain' | 'subject' | 'level'>): AlertWords {
  const unproved = level === 'problem';
  switch (kind) {
    case 'mx-away':
      return {
        title: `MX of ${domain} no longer points here`,
        consequence: 'Mail passes us by: it is neither filtered nor kept for an outage.',
        mend: 'Ask who changed the record, and enter our hosts again unless it was meant.',
      };
    case 'mx-second':
      return {
        title: `MX of ${domain} has another host beside ours`,
        consequence:
          'Senders use it whenever ours is slow, and spammers first: that mail is neither filtered nor kept.',
        mend: 'Remove every MX record that is not ours, also the one of Office 365.',
      };
    case 'mx-ttl-raised':
      return {
        title: `The TTL of ${domain}’s MX was raised`,
        consequence: 'A change of MX, also the way back, takes that long to reach every sender.',
        mend: 'Set it to 3600 s or less, or accept it as it is.',
      };
    case 'spf-gone':
      return {
        title: `SPF of ${domain} no longer allows our addresses`,
        consequence: unproved
          ? 'In an outage nothing proves replies: recipients refuse them or take them for spam.'
          : 'Replies are still proved by DKIM. Where a signature breaks on the way, nothing is left.',
        mend: 'Put our part back into the one SPF record. Domains shows the whole record.',
      };
    case 'dkim-gone':
      return {
        title: `The DKIM record ${subject} of ${domain} is gone`,
        consequence: unproved
          ? 'Mail leaves unsigned, and nothing proves replies in an outage.'
          : 'Mail leaves unsigned. SPF still proves replies that are not forwarded.',
        mend: 'Enter the record again as Domains shows it.',
      };
    case 'dkim-changed':
      return {
        title: `The DKIM record ${subject} of ${domain} has changed`,
        consequence: unproved
          ? 'It is not our key: mail leaves unsigned, and nothing proves replies in an outage.'
          : 'It is not our key: mail leaves unsigned. SPF still proves replies that are not forwarded.',
        mend: 'Replace it with the record that Domains shows, and ask who changed it.',
      };
    case 'dmarc-stricter':
      return {
        title: `The DMARC policy of ${domain} has become stricter`,
        consequence: unproved
          ? 'Recipients now refuse replies from emergency mailboxes or put them into junk: neither DKIM nor SPF proves them.'
          : 'Replies are proved and go on arriving. If DKIM and SPF of ours ever fail, they no longer do.',
        mend: unproved
          ? 'Enter our DKIM record, or our part of SPF, before an outage.'
          : 'Nothing has to be done. Accept it to take it off the list.',
      };
    case 'sts-without-us':
      return {
        title: `The MTA-STS policy of ${domain} does not name our hosts`,
        consequence:
          'Senders that keep to MTA-STS, Google and Microsoft among them, refuse to deliver to us.',
        mend: 'Add our hosts to the policy file and change the id of the _mta-sts record.',
      };
    case 'tlsa-wrong':
      return {
        title: `The TLSA record of ${subject} does not match its certificate`,
        consequence: 'Senders that check DANE, among them Office 365, do not deliver to this host.',
        mend: 'Publish the digest of the present certificate, and keep the old one until its TTL is over.',
      };
  }
}
