import type { SmtpReply } from '@holdfast/application';

/** What reception says by itself. Each reply carries one enhanced code of ours (RFC 2034, RFC 3463). */
const reply = (code: number, enhanced: string, text: string): SmtpReply => ({
  code,
  enhanced,
  text,
});

export const GOODBYE = reply(221, '2.0.0', 'Bye');
export const GO_SECURE = reply(220, '2.0.0', 'Ready to start TLS');
export const OK = reply(250, '2.0.0', 'OK');
export const SENDER_OK = reply(250, '2.1.0', 'Sender OK');
export const RECIPIENT_OK = reply(250, '2.1.5', 'Recipient OK');
/** RFC 5321 §3.5.3: neither yes nor no, so that nobody harvests addresses. */
export const CANNOT_VERIFY = reply(252, '2.5.2', 'Send some mail, and the recipient is checked');
export const HELP = reply(214, '2.0.0', 'RFC 5321; mail for our customers only');

export const OUR_FAULT = reply(451, '4.3.0', 'Temporary problem here, please try again later');
export const STOPPING = reply(421, '4.3.2', 'Shutting down, please try again');
export const IDLE_TOO_LONG = reply(421, '4.4.2', 'No command came in time');
export const DATA_TOO_SLOW = reply(421, '4.4.2', 'The message comes too slowly');
export const TOO_MANY_ERRORS = reply(421, '4.7.0', 'Too many errors');
export const TOO_MANY_IDLE_COMMANDS = reply(421, '4.7.0', 'Too many commands without a message');
export const TOO_BUSY = reply(421, '4.3.2', 'Too many connections here, please try again');
export const TOO_MANY_RECIPIENTS = reply(452, '4.5.3', 'Too many recipients, send the rest apart');

export const UNKNOWN_COMMAND = reply(500, '5.5.2', 'Command not recognised');
export const LINE_TOO_LONG = reply(500, '5.5.2', 'Command line too long');
export const BAD_ARGUMENT = reply(501, '5.5.4', 'Argument missing or malformed');
export const BAD_CHARACTERS = reply(501, '5.5.2', 'Command with a control character');
export const BAD_SENDER = reply(501, '5.1.7', 'That is not a mailbox address');
export const BAD_RECIPIENT = reply(501, '5.1.3', 'That is not a mailbox address');
export const NOT_IMPLEMENTED = reply(502, '5.5.1', 'Command not implemented here');
export const SAY_HELLO = reply(503, '5.5.1', 'Say EHLO first');
export const NESTED_MAIL = reply(503, '5.5.1', 'A message is under way: end it, or say RSET');
export const NEED_MAIL = reply(503, '5.5.1', 'Say MAIL first');
export const NO_RECIPIENTS = reply(503, '5.5.1', 'No valid recipients');
export const TLS_ALREADY = reply(503, '5.5.1', 'TLS is in use already');
export const NOT_INSIDE_MESSAGE = reply(503, '5.5.1', 'Not while a message is under way');
export const NO_PROXY_HEADER = reply(421, '4.5.0', 'A PROXY header is expected from your address');
export const NOT_PERMITTED = reply(550, '5.7.0', 'Not permitted from your address');
export const TOO_BIG = reply(552, '5.3.4', 'Message too big');
export const NO_UTF8_ADDRESSES = reply(
  553,
  '5.6.7',
  'Addresses outside ASCII need SMTPUTF8, and go on only where it is offered',
);
export const OUT_OF_STEP = reply(554, '5.5.0', 'SMTP protocol synchronization');
export const TALKS_FIRST = reply(521, '5.5.1', 'You spoke before the greeting');
export const NOT_SMTP = reply(554, '5.5.1', 'This is SMTP');
export const UNKNOWN_PARAMETER = reply(555, '5.5.4', 'Parameter not supported here');

export const BAD_BYTES = reply(
  550,
  '5.6.0',
  'Message contains a bare CR or a NUL byte (RFC 5321 2.3.8)',
);
export const LONG_LINE = reply(550, '5.6.0', 'Message contains a line that is too long');
