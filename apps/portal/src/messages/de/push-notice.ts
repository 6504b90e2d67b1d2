import type { pushNotice as pushNoticeWords } from '../en/push-notice.ts';
import type { Words } from '../words.ts';

export const pushNotice: Words<typeof pushNoticeWords> = {
  mail: { title: 'Neue E-Mail in Ihrem Notfall-Postfach', body: 'Zum Lesen öffnen.' },
  over: {
    title: 'Der Notfallbetrieb ist beendet',
    body: 'Ihre E-Mails sind wieder in Office 365. Das Notfall-Postfach können Sie noch lesen.',
  },
  closed: {
    title: 'Das Notfall-Postfach ist geschlossen',
    body: 'Ihre E-Mails sind in Office 365.',
  },
};
