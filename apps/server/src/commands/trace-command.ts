import { Refusal, traceMessages } from '@holdfast/application';
import type { Command } from 'commander';
import { withOrganisation, type CommandOptions } from './command-context.ts';
import { printable } from './inspection-output.ts';
import { withOrganisationOption } from './organisation-option.ts';
import { EXIT } from './exit-codes.ts';
import { iso, print, table } from './output.ts';
import { MOST_ROWS } from './queue-rows.ts';
import { readInstant } from './time-option.ts';

interface TraceOptions extends CommandOptions {
  readonly messageId?: string;
  readonly recipient?: string;
  readonly sender?: string;
  readonly subject?: string;
  readonly id?: string;
  readonly since?: string;
  readonly until?: string;
}

export function addTraceCommand(program: Command): void {
  withOrganisationOption(
    program.command('trace').description('Where a message is, one line per recipient'),
  )
    .option('--message-id <id>', 'RFC 5322 Message-ID, with or without brackets')
    .option('--recipient <address>', 'envelope recipient, or a part of it')
    .option('--sender <address>', 'envelope sender, or a part of it')
    .option('--subject <words>', 'part of the subject')
    .option('--id <id>', 'id of the record or of a delivery')
    .option('--since <time>', 'accepted since: 2026-11-23, 2026-11-23T09:00:00Z, or 36h ago')
    .option('--until <time>', 'accepted until')
    .action((options: TraceOptions) =>
      withOrganisation(options, async ({ ports, actor }) => {
        const now = ports.clock.now();
        const { messageId, recipient, sender, subject, id, since, until } = options;
        if ([messageId, recipient, sender, subject, id, since].every((one) => one === undefined)) {
          throw new Refusal(
            'input.invalid',
            'Say what to trace: --message-id, --recipient, --sender, --subject, --id or --since.',
          );
        }
        const { rows } = await traceMessages(ports, actor, {
          sender: sender ?? '',
          recipient: recipient ?? '',
          subject: subject ?? '',
          rfcMessageId: messageId ?? '',
          recordId: readId(id),
          since: since === undefined ? null : readInstant('--since', since, now),
          until: until === undefined ? null : readInstant('--until', until, now),
          limit: MOST_ROWS,
          after: null,
        });
        const shown = rows.map(({ delivery, sender: from, subject: about, rfcMessageId }) => ({
          messageId: rfcMessageId,
          recipient: delivery.recipient,
          state: delivery.state,
          reply: delivery.reply,
          at: iso(delivery.updatedAt),
          sender: from,
          subject: about,
          acceptedAt: iso(delivery.acceptedAt),
          id: delivery.id,
          record: delivery.messageId,
        }));
        print(options, shown, () =>
          shown.length === 0
            ? ['Nothing found.']
            : table(
                ['AT', 'STATE', 'SENDER', 'RECIPIENT', 'REPLY'],
                shown.map((row) => [
                  row.at,
                  row.state,
                  row.sender,
                  row.recipient,
                  printable(row.reply ?? ''),
                ]),
              ),
        );
        return shown.length === 0 ? EXIT.notFound : EXIT.ok;
      }),
    );
}

function readId(id: string | undefined): string | null {
  if (id === undefined) return null;
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return id;
  throw new Refusal('input.invalid', `“${id}” is no id of a record or a delivery.`);
}
