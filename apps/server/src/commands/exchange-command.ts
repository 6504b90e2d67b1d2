import {
  applyExchange,
  checkExchange,
  chooseExchange,
  confirmExchangeScript,
  establishedOf,
  readExchangeDifference,
  Refusal,
  refuseTenantFailure,
  removeExchange,
  switchLockDown,
  writeExchangeScript,
  type ExchangeDifference,
  type ScriptPurpose,
} from '@holdfast/application';
import {
  cmdletLine,
  cmdletsOf,
  findingWords,
  stepWords,
  type ExchangeStep,
} from '@holdfast/domain';
import type { Command } from 'commander';
import { withOrganisation, type CommandContext, type CommandOptions } from './command-context.ts';
import { withOrganisationOption } from './organisation-option.ts';
import { EXIT } from './exit-codes.ts';
import { print } from './output.ts';

interface LockDownOptions extends CommandOptions {
  readonly yes?: boolean;
}

interface PlanOptions extends CommandOptions {
  readonly filtering?: string;
  readonly junkRule?: string;
}
interface ScriptOptions extends CommandOptions {
  readonly purpose: string;
}
interface VerifyOptions extends CommandOptions {
  readonly result?: string;
  readonly note?: string;
}

export function addExchangeCommand(program: Command): void {
  const exchange = program
    .command('exchange')
    .description('What we need on the Office 365 side: connector, lists, mail flow rule');
  withOrganisationOption(
    exchange.command('plan').description('Show what would be changed, in words and as cmdlets'),
  )
    .option('--filtering <enhanced|ours>', 'choose who has the last word on spam')
    .option('--junk-rule <on|off>', 'whether what we mark as junk goes to Junk Email')
    .action((options: PlanOptions) =>
      withOrganisation(options, async (context) => report(options, await plan(context, options))),
    );
  withOrganisationOption(
    exchange.command('apply').description('Make the changes, with our permission'),
  ).action((options: CommandOptions) =>
    withOrganisation(options, async ({ ports, actor }) => {
      const applied = await refuseTenantFailure(() => applyExchange(ports, actor));
      return report(options, applied, applied.done);
    }),
  );
  withOrganisationOption(
    exchange.command('script').description('Print the PowerShell that does it instead'),
  )
    .option('--purpose <purpose>', 'establish, remove, lock-down or lock-down-off', 'establish')
    .action((options: ScriptOptions) =>
      withOrganisation(options, async ({ ports, actor }) => {
        const purpose = readPurpose(options.purpose);
        const { script } = await writeExchangeScript(ports, actor, { purpose });
        print(options, { purpose, script }, () => [script.trimEnd()]);
        return EXIT.ok;
      }),
    );
  withOrganisationOption(
    exchange.command('verify').description('Look again whether it is as it should be'),
  )
    .option('--result <line>', 'the last line that the script has printed: it was run')
    .option('--note <text>', 'how that was seen; kept in the audit log')
    .action((options: VerifyOptions) =>
      withOrganisation(options, async ({ ports, actor }) =>
        report(
          options,
          options.result === undefined
            ? await checkExchange(ports, actor)
            : await confirmExchangeScript(ports, actor, {
                result: options.result,
                note: options.note ?? '',
              }),
        ),
      ),
    );
  withOrganisationOption(
    exchange.command('lock-down <on|off>').description('Refuse mail that does not come through us'),
  )
    .option('--yes', 'do it: without this the command changes nothing')
    .action((position: string, options: LockDownOptions) =>
      withOrganisation(options, (context) => lockDown(options, context, position)),
    );
  withOrganisationOption(
    exchange.command('remove').description('Take away what is ours there, and nothing else'),
  ).action((options: CommandOptions) =>
    withOrganisation(options, (context) => remove(options, context)),
  );
}

async function plan(
  { ports, actor }: CommandContext,
  options: PlanOptions,
): Promise<ExchangeDifference> {
  const { filtering, junkRule } = options;
  if (filtering === undefined && junkRule === undefined) {
    return readExchangeDifference(ports, actor);
  }
  const { side } = await readExchangeDifference(ports, actor);
  return chooseExchange(ports, actor, {
    filtering: filtering === undefined ? side.filtering : readFiltering(filtering),
    junkRule: junkRule === undefined ? side.junkRule : readSwitch('--junk-rule', junkRule),
  });
}

function readFiltering(text: string): 'enhanced' | 'ours' {
  if (text === 'enhanced' || text === 'ours') return text;
  throw new Refusal('input.invalid', `--filtering takes enhanced or ours, not “${text}”.`);
}

function readSwitch(option: string, text: string): boolean {
  if (text === 'on' || text === 'off') return text === 'on';
  throw new Refusal('input.invalid', `${option} takes on or off, not “${text}”.`);
}

function readPurpose(text: string): ScriptPurpose {
  if (
    text === 'establish' ||
    text === 'remove' ||
    text === 'lock-down' ||
    text === 'lock-down-off'
  ) {
    return text;
  }
  throw new Refusal(
    'input.invalid',
    `--purpose takes establish, remove, lock-down or lock-down-off, not “${text}”.`,
  );
}

async function lockDown(
  options: LockDownOptions,
  { ports, actor }: CommandContext,
  position: string,
): Promise<number> {
  const on = readSwitch('lock-down', position);
  if (options.yes !== true) {
    const words = `Add --yes to switch the lock-down ${position}. Nothing was changed.`;
    throw new Refusal('input.invalid', words);
  }
  const { done, script } = await switchLockDown(ports, actor, { on });
  print(options, { on, done, script }, () => [
    done ? `Lock-down is ${position}.` : 'Run this, and confirm it afterwards:',
    ...(script === null ? [] : [script]),
  ]);
  return done ? EXIT.ok : EXIT.temporary;
}

async function remove(options: CommandOptions, { ports, actor }: CommandContext): Promise<number> {
  const domains = await ports.database.withinOrganisation(actor.organisationId, (r) =>
    r.domains.list(),
  );
  const here = domains.find(({ state }) => state === 'correct' || state === 'partial');
  if (here !== undefined) {
    throw new Refusal(
      'cut-over.mx-points-here',
      `MX of ${here.name} points here: without the connector Office 365 may refuse its mail. Lead it back first (holdfast domain way-back ${here.name}).`,
    );
  }
  const { steps, complete } = await refuseTenantFailure(() => removeExchange(ports, actor));
  print(options, { removed: steps.map(stepJson), complete }, () => [
    ...(steps.length === 0 ? ['Nothing of ours was there.'] : stepLines(steps)),
    ...(complete
      ? []
      : ['Not all of it could be read: run holdfast exchange script --purpose remove.']),
  ]);
  return complete ? EXIT.ok : EXIT.temporary;
}

function stepJson(step: ExchangeStep): object {
  return { ...step, ...stepWords(step), cmdlets: cmdletsOf(step).map(cmdletLine) };
}

function stepLines(steps: readonly ExchangeStep[]): readonly string[] {
  return steps.flatMap((step) => {
    const { title, detail } = stepWords(step);
    return [
      `  ${title}`,
      `      ${detail}`,
      ...cmdletsOf(step).map((call) => `      ${cmdletLine(call)}`),
    ];
  });
}

const STANDING = {
  yes: 'The Office 365 side is as it should be.',
  no: 'The Office 365 side is not as it should be.',
  attested: 'An administrator says that the Office 365 side is as it should be.',
  unknown: 'It is not known what the Office 365 side is like.',
} as const;

function report(
  options: CommandOptions,
  reading: ExchangeDifference,
  done: readonly ExchangeStep[] = [],
): number {
  const established = establishedOf(reading);
  const { plan: difference, side, failure, lockedDown } = reading;
  const findings = difference.findings.map((finding) => ({
    code: finding.code,
    level: finding.level,
    ...findingWords(finding),
  }));
  const answer = {
    established,
    lockedDown,
    filtering: side.filtering,
    junkRule: side.junkRule,
    failure,
    done: done.map(stepJson),
    steps: difference.steps.map(stepJson),
    findings,
  };
  print(options, answer, () => [
    STANDING[established],
    ...(failure === null ? [] : [failure]),
    ...(done.length === 0 ? [] : ['Changed:', ...stepLines(done)]),
    ...(difference.steps.length === 0 ? [] : ['To be changed:', ...stepLines(difference.steps)]),
    ...findings.flatMap(({ level, title, detail }) => [
      `${level === 'blocks' ? 'In the way' : 'Note'}: ${title}`,
      `      ${detail}`,
    ]),
  ]);
  return established === 'yes' || established === 'attested' ? EXIT.ok : EXIT.temporary;
}
