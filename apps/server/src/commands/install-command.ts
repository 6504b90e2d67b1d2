import {
  findUsersByAddress,
  install,
  installationState,
  requestDirectorySync,
  Refusal,
  type CommandActor,
  type Ports,
} from '@holdfast/application';
import type { Command } from 'commander';
import { setTimeout as wait } from 'node:timers/promises';
import { withOrganisation, type CommandOptions } from './command-context.ts';
import { withOrganisationOption } from './organisation-option.ts';
import { EXIT } from './exit-codes.ts';
import { print } from './output.ts';

/** How long the command waits for background steps, and how often it looks. Unit: milliseconds. */
const STEP_PATIENCE = 120_000;
const STEP_PAUSE = 250;

interface InstallOptions extends CommandOptions {
  readonly protect: string;
  readonly newUsers: string;
}

export function addInstallCommand(program: Command): void {
  withOrganisationOption(
    program
      .command('install')
      .description('Install Email Continuity: protect users, copy the lists, allow our addresses'),
  )
    .requiredOption('--protect <all|addresses>', '`all`, or addresses with commas between them')
    .requiredOption('--new-users <on|off>', 'protect new users automatically')
    .action((options: InstallOptions) =>
      withOrganisation(options, async ({ ports, actor, organisation }) => {
        const protectNewUsers = readSwitch(options.newUsers);
        if (organisation.directorySyncedAt === null) await synchronise(ports, actor);
        const choice =
          options.protect === 'all'
            ? ({ kind: 'all' } as const)
            : { kind: 'users' as const, userIds: await idsOf(ports, actor, options.protect) };
        await install(ports, actor, { protect: choice, protectNewUsers });
        const steps = await settledSteps(ports, actor);
        const { protected: count } = await ports.database.withinOrganisation(
          actor.organisationId,
          ({ directory }) => directory.counts([]),
        );
        print(
          options,
          { installed: true, protected: count, newUsers: protectNewUsers, steps },
          () => [
            `Installed. ${count} users are protected.`,
            ...steps.map((step) => `  ${step.step}: ${step.state} (${step.detail})`),
          ],
        );
        return steps.every((step) => step.state === 'done') ? EXIT.ok : EXIT.temporary;
      }),
    );
}

function readSwitch(text: string): boolean {
  if (text === 'on' || text === 'off') return text === 'on';
  throw new Refusal('input.invalid', `--new-users takes on or off, not “${text}”.`);
}

async function idsOf(ports: Ports, actor: CommandActor, list: string): Promise<readonly string[]> {
  const addresses = list
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '');
  return (await findUsersByAddress(ports, actor, addresses)).map((user) => user.id);
}

/** Waits for the worker's sync: an installation chooses from a directory that is there. */
async function synchronise(ports: Ports, actor: CommandActor): Promise<void> {
  const run = await requestDirectorySync(ports, actor);
  const deadline = Date.now() + STEP_PATIENCE;
  for (;;) {
    const now = await ports.database.withinOrganisation(actor.organisationId, ({ syncRuns }) =>
      syncRuns.get(run.id),
    );
    if (now?.state === 'done') return;
    if (now?.state === 'failed' || now?.state === 'needs-confirmation') {
      throw new Refusal(
        'connection.failed',
        `The directory could not be read: ${now.detail ?? 'no reason given'}`,
      );
    }
    if (Date.now() > deadline)
      throw new Refusal(
        'connection.failed',
        'The directory was not read in time. Is the worker role running?',
      );
    await wait(STEP_PAUSE);
  }
}

async function settledSteps(
  ports: Ports,
  actor: CommandActor,
): Promise<readonly { readonly step: string; readonly state: string; readonly detail: string }[]> {
  const deadline = Date.now() + STEP_PATIENCE;
  for (;;) {
    const { steps } = await installationState(ports, actor);
    if (steps.every((step) => step.state !== 'waiting') || Date.now() > deadline) {
      return steps.map(({ step, state, detail }) => ({ step, state, detail }));
    }
    await wait(STEP_PAUSE);
  }
}
