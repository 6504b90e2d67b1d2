import { setTimeout as wait } from 'node:timers/promises';
import {
  Refusal,
  requestUninstall,
  reviewUninstall,
  type Actor,
  type Ports,
  type UninstallationRecord,
} from '@holdfast/application';
import { UNINSTALL_WORDS } from '@holdfast/contracts';
import type { Command } from 'commander';
import { withOrganisation, type CommandOptions } from './command-context.ts';
import { withOrganisationOption } from './organisation-option.ts';
import { EXIT } from './exit-codes.ts';
import { iso, print } from './output.ts';

/** How long the command waits for the worker, and how often it looks. Unit: milliseconds. */
const PATIENCE = 120_000;
const LOOK_EVERY = 250;

export function addUninstallCommand(program: Command): void {
  withOrganisationOption(
    program
      .command('uninstall')
      .description(
        'Take Email Continuity away again: says what speaks against it, and does it with --confirm',
      ),
  )
    .option('--confirm <words>', `“${UNINSTALL_WORDS}”: protection ends`)
    .action((options: CommandOptions & { readonly confirm?: string }) =>
      withOrganisation(options, async ({ ports, actor }) =>
        options.confirm === undefined
          ? review(options, ports, actor)
          : uninstall(options, ports, actor, options.confirm),
      ),
    );
}

async function review(options: CommandOptions, ports: Ports, actor: Actor): Promise<number> {
  const { blockers, protectedUsers, copiesUntil } = await reviewUninstall(ports, actor);
  const facts = { blockers, protectedUsers, copiesUntil: iso(copiesUntil) };
  print(options, facts, () =>
    blockers.length === 0
      ? [`Nothing speaks against it. To do it: holdfast uninstall --confirm ${UNINSTALL_WORDS}`]
      : ['Not yet:', ...blockers.map(({ title, detail }) => `  ${title}. ${detail}`)],
  );
  return blockers.length === 0 ? EXIT.ok : EXIT.differs;
}

async function uninstall(
  options: CommandOptions,
  ports: Ports,
  actor: Actor,
  typed: string,
): Promise<number> {
  const { id } = await requestUninstall(ports, actor, { typed });
  const record = await finished(ports, actor, id);
  print(options, uninstallationJson(record), () => lines(record));
  switch (record.state) {
    case 'done':
      return EXIT.ok;
    case 'running':
      return EXIT.temporary;
    case 'stopped':
      return EXIT.data;
  }
}

async function finished(ports: Ports, actor: Actor, id: string): Promise<UninstallationRecord> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const record = await ports.database.withinOrganisation(actor.organisationId, ({ cutOvers }) =>
      cutOvers.latestUninstallation(),
    );
    if (record === null || record.id !== id) {
      throw new Refusal('uninstall.refused', 'Another uninstallation was begun meanwhile.');
    }
    if (record.state !== 'running' || Date.now() > deadline) return record;
    await wait(LOOK_EVERY);
  }
}

function uninstallationJson(record: UninstallationRecord): Record<string, unknown> {
  const { state, removed, byHand, script, copiesUntil, detail } = record;
  return {
    state,
    removed,
    byHand,
    script,
    copiesUntil: copiesUntil === null ? null : iso(copiesUntil),
    detail,
  };
}

function lines(record: UninstallationRecord): readonly string[] {
  const { state, removed, byHand, script, copiesUntil, detail } = record;
  if (state === 'running') return ['It has not finished. Is the worker role running?'];
  if (state === 'stopped') return [`It was stopped. ${detail ?? ''}`.trim()];
  return [
    'Uninstalled.',
    ...removed.map((what) => `  ${what}`),
    'For you to do:',
    ...byHand.map((what) => `  ${what}`),
    ...(script === null ? [] : [script]),
    ...(copiesUntil === null
      ? []
      : [`Copies of mail are kept until ${iso(copiesUntil)} at the longest.`]),
  ];
}
