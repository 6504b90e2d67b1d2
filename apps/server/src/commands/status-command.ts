import { coverage, readEventState } from '@holdfast/application';
import { outageShape } from '@holdfast/domain';
import type { Command } from 'commander';
import { withOrganisation, type CommandOptions } from './command-context.ts';
import { eventJson } from './event-command.ts';
import { withOrganisationOption } from './organisation-option.ts';
import { EXIT } from './exit-codes.ts';
import { iso, print } from './output.ts';

export function addStatusCommand(program: Command): void {
  withOrganisationOption(
    program.command('status').description('The organisation, Office 365 and the event at a glance'),
  ).action((options: CommandOptions) =>
    withOrganisation(options, async ({ ports, actor, organisation }) => {
      const state = await readEventState(ports, actor);
      const reach = await coverage(ports, actor);
      const { health } = state;
      const value = {
        organisation: organisation.name,
        installed: organisation.installedAt !== null,
        primary: { state: health.state, since: iso(health.since), shape: outageShape(health) },
        event: state.current === null ? null : eventJson(state.current),
        coverage: reach,
      };
      print(options, value, () => [
        `${organisation.name}: ${value.installed ? 'installed' : 'not installed yet'}`,
        `Office 365: ${health.state}${value.primary.shape === null ? '' : ` (${value.primary.shape})`} since ${value.primary.since}`,
        `Event: ${state.current === null ? 'none' : `${state.current.event.phase} since ${iso(state.current.event.startedAt)}`}`,
        `Coverage: ${reach.reachable} of ${reach.protected} protected users can be reached`,
      ]);
      return EXIT.ok;
    }),
  );
}
