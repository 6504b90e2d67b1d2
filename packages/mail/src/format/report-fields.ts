import type { ReportedAction, ReportedRecipient } from '@holdfast/domain';
import { oneLine } from './shown-text.ts';

/** What a `message/delivery-status` part says (RFC 3464 §2). */
export interface DeliveryStatus {
  readonly envelopeId: string | null;
  readonly recipients: readonly ReportedRecipient[];
}

const MAX_RECIPIENTS = 100;
const MAX_VALUE = 1000;
const ACTIONS: Readonly<Record<string, ReportedAction>> = {
  failed: 'failed',
  failure: 'failed',
  delayed: 'delayed',
  delivered: 'delivered',
  relayed: 'relayed',
  expanded: 'expanded',
};

type Fields = ReadonlyMap<string, string>;

/** One group of fields for the message, and one for each recipient, with empty lines between. */
export function readDeliveryStatus(content: string): DeliveryStatus {
  const groups = content
    .replaceAll('\r\n', '\n')
    .split(/\n[ \t]*\n/)
    .slice(0, MAX_RECIPIENTS + 1)
    .map(fieldsOf);
  return {
    envelopeId: groups.map((group) => group.get('original-envelope-id')).find(Boolean) ?? null,
    recipients: groups.flatMap((group) => recipientOf(group) ?? []),
  };
}

/** Unfolded, by lower-case name; the first of a name counts. */
function fieldsOf(group: string): Fields {
  const fields = new Map<string, string>();
  for (const line of group.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const [, name, value] = /^([!-9;-~]{1,100}):[ \t]*(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined || fields.has(name.toLowerCase())) continue;
    fields.set(name.toLowerCase(), oneLine(value, MAX_VALUE));
  }
  return fields;
}

function recipientOf(fields: Fields): ReportedRecipient | null {
  const original = addressOf(fields.get('original-recipient'));
  const final = addressOf(fields.get('final-recipient'));
  const address = original ?? final;
  if (address === null) return null;
  const status = /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(fields.get('status') ?? '')?.[1] ?? null;
  const action = actionOf(fields.get('action'), status);
  if (action === null) return null;
  const diagnostic = typed(fields.get('diagnostic-code'));
  return { address, action, status, diagnostic: diagnostic === '' ? null : diagnostic };
}

/** Some systems leave the action out, and the code's class says it (RFC 3463 §3.1). */
function actionOf(value: string | undefined, status: string | null): ReportedAction | null {
  const word = /^[a-z]+/i.exec(value ?? '')?.[0]?.toLowerCase();
  const named = word === undefined ? undefined : ACTIONS[word];
  if (named !== undefined) return named;
  switch (status?.[0]) {
    case '5':
      return 'failed';
    case '4':
      return 'delayed';
    case '2':
      return 'delivered';
    case undefined:
      return null;
    default:
      return null;
  }
}

/** What follows `rfc822;`, `smtp;` and the like; the whole of it where the type was left out. */
function typed(value: string | undefined): string {
  return (value ?? '').replace(/^[A-Za-z0-9-]{1,40}[ \t]*;[ \t]*/, '').trim();
}

function addressOf(value: string | undefined): string | null {
  const address = typed(value)
    .replace(/^<|>$/g, '')
    // RFC 6533 §3, as our own reports are written.
    .replace(/\\x\{([0-9A-Fa-f]{1,6})\}/g, (whole, hex: string) => {
      const code = Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    });
  return /^[^\s@<>]+@[^\s@<>]+$/.test(address) ? address : null;
}
