import { choice, text, whole } from '../setting.ts';

/** Mail to the outside. */
export const OUTBOUND_SETTINGS = {
  smartHost: text({
    name: 'HOLDFAST_SMART_HOST',
    summary: 'Host (and port) that takes all mail to the outside instead of direct delivery to MX.',
    example: 'smtp.provider.example:587',
  }),
  smartHostUser: text({
    name: 'HOLDFAST_SMART_HOST_USER',
    summary:
      'Login at the smart host (AUTH PLAIN or LOGIN). With it the host’s certificate must be right, and nothing is sent in clear.',
    example: 'holdfast',
  }),
  smartHostPassword: text({
    name: 'HOLDFAST_SMART_HOST_PASSWORD',
    summary: 'Its password.',
    example: '…',
    secret: true,
  }),
  spfInclude: text({
    name: 'HOLDFAST_SPF_INCLUDE',
    summary:
      'Domain whose SPF record lists every address that mail leaves from: what customers enter as `include:` in place of single addresses. With a smart host, the one its provider names.',
    example: 'spf.mail.example',
  }),
  undoSend: whole(
    {
      name: 'HOLDFAST_UNDO_SEND',
      summary:
        'Seconds in which a message written in an emergency mailbox can be taken back. It leaves, and shows to colleagues, after them. 0: at once.',
      example: '20',
    },
    20,
    0,
    60,
  ),
  smartHostTls: choice(
    {
      name: 'HOLDFAST_SMART_HOST_TLS',
      summary:
        'TLS to the smart host. `automatic`: verified with a password or a full host name, opportunistic for an address or a name without a dot.',
      example: 'verified',
    },
    'automatic',
    ['automatic', 'verified', 'opportunistic'],
  ),
} as const;
