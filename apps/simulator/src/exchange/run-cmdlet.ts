import type { World } from '../world.ts';
import { bindParameters } from './bind-parameters.ts';
import { type Cmdlet, CmdletError, type CmdletObjects, type Parameters } from './cmdlet.ts';
import { CONNECTOR_CMDLETS } from './connector-cmdlets.ts';
import { FILTER_LIST_CMDLETS } from './filter-list-cmdlets.ts';
import { ORGANISATION_CMDLETS } from './organisation-cmdlets.ts';
import { POLICY_CMDLETS } from './policy-cmdlets.ts';
import { RECIPIENT_CMDLETS } from './recipient-cmdlets.ts';
import { TRANSPORT_RULE_CMDLETS } from './transport-rule-cmdlets.ts';

const CMDLETS: Readonly<Record<string, Cmdlet>> = {
  ...POLICY_CMDLETS,
  ...FILTER_LIST_CMDLETS,
  ...CONNECTOR_CMDLETS,
  ...TRANSPORT_RULE_CMDLETS,
  ...ORGANISATION_CMDLETS,
  ...RECIPIENT_CMDLETS,
};
const DEFAULT_RESULT_SIZE = 1000;

/** A 403 without a word: what a write gets that cannot be routed. */
export class BareRefusal extends Error {}

/** Cmdlets that the application's role lets it run. */
export function allowedCmdlets(world: World): readonly string[] {
  return Object.entries(CMDLETS)
    .filter(([, cmdlet]) => mayRun(world, cmdlet))
    .map(([name]) => name);
}

function mayRun({ exchange }: World, { writes }: Cmdlet): boolean {
  return exchange.access === 'full' || (exchange.access === 'read' && !writes);
}

/** Runs one cmdlet as Exchange does: role, route, parameters, state of the tenant, then the cmdlet itself. */
export function runCmdlet(
  world: World,
  name: string,
  parameters: Parameters,
  anchor: string | undefined,
): CmdletObjects {
  const cmdlet = Object.entries(CMDLETS).find(
    ([key]) => key.toLowerCase() === name.toLowerCase(),
  )?.[1];
  // A cmdlet that the role does not have is not there for the application.
  if (cmdlet === undefined || !mayRun(world, cmdlet)) {
    throw new CmdletError(
      'System.Management.Automation.CommandNotFoundException',
      `The term '${name}' is not recognized as the name of a cmdlet, function, script file, or operable program.`,
      404,
    );
  }
  if (cmdlet.writes && anchor === undefined) throw new BareRefusal();
  bindParameters(name, parameters);
  if (cmdlet.policy === true && world.exchange.organisation.IsDehydrated) {
    throw new CmdletError(
      'Microsoft.Exchange.Management.Common.InvalidOperationInDehydratedContextException',
      "The command you tried to run isn't currently allowed in your organization. To run this command, you first need to run the command: Enable-OrganizationCustomization.",
    );
  }
  if (name.toLowerCase().startsWith('remove-') && parameters['Confirm'] !== false) {
    throw new CmdletError(
      'System.Management.Automation.PSInvalidOperationException',
      'A command that prompts the user failed because there is nobody to answer. Confirm must be false.',
    );
  }
  return limit(cmdlet.run(world, parameters), parameters['ResultSize']);
}

function limit(found: CmdletObjects, size: unknown): CmdletObjects {
  if (String(size).toLowerCase() === 'unlimited') return found;
  const count = Number(size ?? DEFAULT_RESULT_SIZE);
  return Number.isInteger(count) && count > 0 ? found.slice(0, count) : found;
}
