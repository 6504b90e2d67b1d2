import {
  endEvent,
  findUsersByAddress,
  readEventState,
  Refusal,
  startEvent,
  type CommandActor,
  type EventProgress,
  type Ports,
} from '@holdfast/application';
import { END_ANYWAY } from '@holdfast/contracts';
import type { EventScope } from '@holdfast/domain';
import type { Command } from 'commander';
import { withOrganisation, type CommandOptions } from './command-context.ts';
import { withOrganisationOption } from './organisation-option.ts';
import { EXIT } from './exit-codes.ts';
import { iso, print } from './output.ts';

interface StartOptions extends CommandOptions {
  readonly scope: string;
  readonly reason: string;
  readonly relay: string;
  readonly yes?: boolean;
}

export function addEventCommand(program: Command): void {
  const event = program.command('event').description('The emergency event');
  withOrganisationOption(
    event.command('start').description('Open the emergency mailboxes and tell the users'),
  )
    .requiredOption('--scope <all|addresses>', '`all`, or work addresses with commas between them')
    .requiredOption('--reason <text>', 'why; kept in the audit log')
    .option('--relay <keep-trying|hold>', 'what relay does meanwhile', 'keep-trying')
    .option('--yes', 'do it: without this the command changes nothing')
    .action((options: StartOptions) =>
      withOrganisation(options, async ({ ports, actor }) => {
        demandYes(options.yes, 'start the event');
        if (options.relay !== 'keep-trying' && options.relay !== 'hold') {
          throw new Refusal(
            'input.invalid',
            `--relay takes keep-trying or hold, not “${options.relay}”.`,
          );
        }
        const scope = await readScope(ports, actor, options.scope);
        await startEvent(ports, actor, {
          scope,
          relay: options.relay,
          reason: options.reason,
          endsAt: null,
        });
        return report(options, ports, actor);
      }),
    );
  withOrganisationOption(
    event
      .command('end')
      .description('End the event: mail drains, sent mail is put back, users are told'),
  )
    .option('--yes', 'do it, also while Office 365 is not healthy')
    .action((options: CommandOptions & { readonly yes?: boolean }) =>
      withOrganisation(options, async ({ ports, actor }) => {
        demandYes(options.yes, 'end the event');
        await endEvent(ports, actor, { typed: END_ANYWAY });
        return report(options, ports, actor);
      }),
    );
  withOrganisationOption(event.command('status').description('What is going on')).action(
    (options: CommandOptions) =>
      withOrganisation(options, ({ ports, actor }) => report(options, ports, actor)),
  );
}

function demandYes(yes: boolean | undefined, what: string): void {
  if (yes !== true)
    throw new Refusal('input.invalid', `Add --yes to ${what}. Nothing was changed.`);
}

async function readScope(ports: Ports, actor: CommandActor, text: string): Promise<EventScope> {
  if (text === 'all') return { kind: 'everyone' };
  const addresses = text
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '');
  const users = await findUsersByAddress(ports, actor, addresses);
  return { kind: 'users', userIds: users.map((user) => user.id) };
}

async function report(options: CommandOptions, ports: Ports, actor: CommandActor): Promise<number> {
  const { current, past } = await readEventState(ports, actor);
  const shown = current ?? past[0] ?? null;
  print(options, shown === null ? { phase: 'none' } : eventJson(shown), () =>
    shown === null ? ['There was no event yet.'] : eventLines(shown),
  );
  return EXIT.ok;
}

/** What scripts read of an event. */
export function eventJson({ event, ...progress }: EventProgress): Record<string, unknown> {
  return {
    id: event.id,
    phase: event.phase,
    scope: event.scope.kind === 'everyone' ? 'all' : event.scope.userIds.length,
    reason: event.reason,
    startedAt: iso(event.startedAt),
    relay: event.phase === 'active' ? event.relay : null,
    endedAt: event.phase === 'active' ? null : iso(event.endedAt),
    settledAt: event.phase === 'active' || event.settledAt === null ? null : iso(event.settledAt),
    readOnlyUntil: event.phase === 'recovering' ? iso(event.readOnlyUntil) : null,
    ...progress,
  };
}

function eventLines({ event, ...progress }: EventProgress): readonly string[] {
  const settled = event.phase === 'recovering' && event.settledAt !== null ? ', settled' : '';
  return [
    `${event.phase}${settled}, since ${iso(event.startedAt)}: ${event.reason}`,
    `  covered ${progress.covered}, reached ${progress.reached}, signed in ${progress.signedIn}`,
    `  waiting ${progress.waiting}, sent ${progress.sent}, put back ${progress.putBack}`,
  ];
}
