import {
  attestExchange,
  beginWayBack,
  checkCutOver,
  confirmCanary,
  giveUpCutOver,
  readDirectSenders,
  readEmergencyCard,
  Refusal,
  requestCanary,
  resumeCutOver,
  skipCutOverStep,
  startCutOver,
  type CutOverReading,
} from '@holdfast/application';
import {
  CUT_OVER_STEPS,
  WAY_BACK_STEPS,
  type CutOverStep,
  type WayBackStep,
} from '@holdfast/domain';
import type { Command } from 'commander';
import { withOrganisation, type CommandContext, type CommandOptions } from './command-context.ts';
import { cardJson, cardLines } from './card-output.ts';
import {
  cutOverJson,
  cutOverLines,
  directSendersJson,
  directSendersLines,
} from './cut-over-output.ts';
import { addDomainCheckCommand } from './domain-check-command.ts';
import { withOrganisationOption } from './organisation-option.ts';
import { EXIT } from './exit-codes.ts';
import { print } from './output.ts';

interface CutOverOptions extends CommandOptions {
  readonly start?: boolean;
  readonly giveUp?: boolean;
  readonly canary?: string;
  readonly code?: string;
  readonly skip?: string;
  readonly unskip?: string;
  readonly reason?: string;
  readonly attest?: string;
  readonly directSenders?: boolean;
}

interface WayBackOptions extends CommandOptions {
  readonly begin?: boolean;
  readonly resume?: boolean;
  readonly skip?: string;
  readonly reason?: string;
  readonly attest?: string;
}

export function addDomainCommand(program: Command): void {
  const domain = program.command('domain').description('Where mail of a domain goes');
  addDomainCheckCommand(domain);
  withOrganisationOption(
    domain
      .command('cut-over <name>')
      .description(
        'Lead the mail of a domain to us, step by step: measures, and says what is next',
      ),
  )
    .option('--start', 'begin it')
    .option('--give-up', 'forget it, before MX points here')
    .option('--canary <mailbox>', 'send a test message through us to this mailbox')
    .option('--code <code>', 'what the test message says, where we may not look')
    .option('--skip <step>', 'pass a step over; wants --reason')
    .option('--unskip <step>', 'take that back')
    .option(
      '--attest <what>',
      'connector-on, connector-off, lock-down-on or lock-down-off; wants --reason',
    )
    .option('--reason <text>', 'why; kept in the audit log')
    .option('--direct-senders', 'who still sends to Office 365 past us')
    .action((name: string, options: CutOverOptions) =>
      withOrganisation(options, async (context) => {
        if (options.directSenders === true) return reportDirectSenders(options, context, name);
        return report(options, context, await steer(context, name, options));
      }),
    );
  withOrganisationOption(
    domain
      .command('way-back <name>')
      .description('Lead the mail of a domain back to Office 365, step by step'),
  )
    .option('--begin', 'begin it; wants --reason')
    .option('--resume', 'turn round: mail stays with us')
    .option('--skip <step>', 'pass a step over; wants --reason')
    .option('--attest <what>', 'lock-down-off; wants --reason')
    .option('--reason <text>', 'why; kept in the audit log')
    .action((name: string, options: WayBackOptions) =>
      withOrganisation(options, async (context) => {
        const { ports, actor } = context;
        const reason = options.reason ?? '';
        const reading =
          options.begin === true
            ? await beginWayBack(ports, actor, { name, reason })
            : options.resume === true
              ? await resumeCutOver(ports, actor, { name })
              : await steer(context, name, options);
        return report(options, context, reading);
      }),
    );
  addCard(domain);
}

function addCard(domain: Command): void {
  withOrganisationOption(
    domain
      .command('card')
      .description('What to do by hand when this installation itself is down: print it, keep it'),
  ).action((options: CommandOptions) =>
    withOrganisation(options, async ({ ports, actor }) => {
      const card = await readEmergencyCard(ports, actor);
      print(options, cardJson(card), () => cardLines(card));
      return EXIT.ok;
    }),
  );
}

/** At most one thing at a time; without any it only looks. */
async function steer(
  { ports, actor }: CommandContext,
  name: string,
  options: CutOverOptions,
): Promise<CutOverReading> {
  const reason = options.reason ?? '';
  if (options.start === true) return startCutOver(ports, actor, { name });
  if (options.giveUp === true) return giveUpCutOver(ports, actor, { name });
  if (options.skip !== undefined) {
    return skipCutOverStep(ports, actor, { name, step: readStep(options.skip), reason });
  }
  if (options.unskip !== undefined) {
    return skipCutOverStep(ports, actor, { name, step: readStep(options.unskip), reason: null });
  }
  if (options.attest !== undefined) {
    const { subject, value } = readAttestation(options.attest);
    return attestExchange(ports, actor, { name, subject, value, note: reason });
  }
  if (options.canary !== undefined) {
    await requestCanary(ports, actor, { name, mailbox: options.canary });
  }
  if (options.code !== undefined) await confirmCanary(ports, actor, { name, code: options.code });
  return checkCutOver(ports, actor, { name });
}

function readStep(text: string): CutOverStep | WayBackStep {
  const steps = [...CUT_OVER_STEPS, ...WAY_BACK_STEPS];
  const step = steps.find((known) => known === text);
  if (step !== undefined) return step;
  throw new Refusal('input.invalid', `“${text}” is no step. Steps are ${steps.join(', ')}.`);
}

function readAttestation(text: string): {
  readonly subject: 'connector' | 'lock-down';
  readonly value: boolean;
} {
  const [, subject, value] = /^(connector|lock-down)-(on|off)$/.exec(text) ?? [];
  if (subject === 'connector' || subject === 'lock-down') return { subject, value: value === 'on' };
  throw new Refusal(
    'input.invalid',
    `--attest takes connector-on, connector-off, lock-down-on or lock-down-off, not “${text}”.`,
  );
}

function report(
  options: CommandOptions,
  { ports }: CommandContext,
  reading: CutOverReading,
): number {
  print(options, cutOverJson(reading, ports.settings), () => cutOverLines(reading, ports.settings));
  return EXIT.ok;
}

async function reportDirectSenders(
  options: CommandOptions,
  { ports, actor }: CommandContext,
  name: string,
): Promise<number> {
  const reading = await readDirectSenders(ports, actor, { name });
  print(options, directSendersJson(reading), () => directSendersLines(reading));
  return reading.kind === 'read' ? EXIT.ok : EXIT.permission;
}
