import { choice, no, ok, setting, text, url, whole } from '../setting.ts';

/** Notices and requests, by mail and SMS. */
export const NOTIFICATION_SETTINGS = {
  noticeFrom: text({
    name: 'HOLDFAST_NOTICE_FROM',
    summary: 'Sender of notices and requests.',
    example: 'no-reply@mail.example',
    defaultWords: 'no-reply at the first MX host name',
  }),
  noticeDelay: whole(
    {
      name: 'HOLDFAST_NOTICE_DELAY',
      summary: 'Seconds between the start of an event and its notices; an undo before is silent.',
      example: '20',
    },
    20,
    0,
    3600,
  ),
  drillHours: whole(
    {
      name: 'HOLDFAST_DRILL_HOURS',
      summary: 'Hours that a drill may last.',
      example: '8',
    },
    8,
    1,
    72,
  ),
  drillParticipants: whole(
    {
      name: 'HOLDFAST_DRILL_PARTICIPANTS',
      summary: 'Users that a drill may have.',
      example: '500',
    },
    500,
    1,
    50_000,
  ),
  reminderDays: whole(
    {
      name: 'HOLDFAST_REMINDER_DAYS',
      summary: 'Days between reminders of alternate info.',
      example: '7',
    },
    7,
    1,
    365,
  ),
  remindersMost: whole(
    {
      name: 'HOLDFAST_REMINDERS_MOST',
      summary:
        'Reminders to one user after a request; they begin anew when an administrator asks again. 0: none.',
      example: '8',
    },
    8,
    0,
    100,
  ),
  confirmAgainDays: whole(
    {
      name: 'HOLDFAST_CONFIRM_AGAIN_DAYS',
      summary:
        'Days after which users are asked to confirm their alternate info again; it goes on being used meanwhile. 0: never.',
      example: '182',
    },
    182,
    0,
    3650,
  ),
  smsUrl: url({
    name: 'HOLDFAST_SMS_URL',
    summary: 'Base URL of the SMS gateway (`POST {url}/messages`). Without it no SMS goes out.',
    example: 'https://sms.provider.example/v1',
  }),
  smsToken: text({
    name: 'HOLDFAST_SMS_TOKEN',
    summary: 'Bearer token of the SMS gateway.',
    example: '…',
    secret: true,
  }),
  smsInboundToken: text({
    name: 'HOLDFAST_SMS_INBOUND_TOKEN',
    summary:
      'Bearer token with which the gateway hands over answers (`POST {portal}/sms/inbound {from,text}`), for STOP. Without it none are taken.',
    example: '…',
    secret: true,
  }),
  push: choice(
    {
      name: 'HOLDFAST_PUSH',
      summary:
        'Whether users may have their devices told of new mail in the emergency mailbox. The messages have no content; they go through the push service of the browser’s maker (`https` out of the worker, any host).',
      example: 'off',
    },
    'on',
    ['on', 'off'],
  ),
  pushContact: setting<string | null>(
    {
      name: 'HOLDFAST_PUSH_CONTACT',
      summary: 'Whom push services may turn to about our messages: `mailto:` or `https:`.',
      example: 'mailto:operator@mail.example',
      defaultWords: 'the portal’s address where it is https, else the sender of notices',
    },
    null,
    (value) =>
      /^(?:mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/.test(value)
        ? ok(value)
        : no('it must begin with mailto: or https://'),
  ),
  pushTrustedOrigin: setting<string | null>(
    {
      name: 'HOLDFAST_PUSH_TRUSTED_ORIGIN',
      summary:
        'Origin of a push service of your own, for managed browsers: sent to wherever it is. All others must be https at port 443 of public addresses.',
      example: 'https://push.intranet.example:8443',
    },
    null,
    (value) =>
      /^https?:/.test(value) && URL.parse(value)?.origin === value
        ? ok(value)
        : no('it must be an origin, such as https://push.example, without a path'),
  ),
  voiceUrl: url({
    name: 'HOLDFAST_VOICE_URL',
    summary:
      'Base URL of the voice gateway, which calls and speaks a text (`POST {url}/calls {to,text,language,reference}`). Without it nobody is called, and landlines are refused.',
    example: 'https://voice.provider.example/v1',
  }),
  voiceToken: text({
    name: 'HOLDFAST_VOICE_TOKEN',
    summary: 'Bearer token of the voice gateway.',
    example: '…',
    secret: true,
  }),
  callsPerOrganisation: whole(
    {
      name: 'HOLDFAST_VOICE_PER_ORGANISATION',
      summary:
        'Calls with a code that one organisation may cause within 24 hours to numbers that are not confirmed; calls cost money.',
      example: '300',
    },
    300,
    0,
    1_000_000,
  ),
  callsPerCountry: whole(
    {
      name: 'HOLDFAST_VOICE_PER_COUNTRY',
      summary: 'The same to one country.',
      example: '100',
    },
    100,
    0,
    1_000_000,
  ),
  textsPerOrganisation: whole(
    {
      name: 'HOLDFAST_SMS_PER_ORGANISATION',
      summary:
        'Text messages with a code that one organisation may cause within 24 hours to numbers that are not confirmed.',
      example: '20000',
    },
    20_000,
    0,
    10_000_000,
  ),
  textsPerCountry: whole(
    {
      name: 'HOLDFAST_SMS_PER_COUNTRY',
      summary: 'The same to one country.',
      example: '10000',
    },
    10_000,
    0,
    10_000_000,
  ),
} as const;
