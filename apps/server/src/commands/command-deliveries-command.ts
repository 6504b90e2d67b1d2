import { commandDeliveries, COMMAND_REFUSAL_WORDS, Refusal } from '@holdfast/application';
import type { DeliveryCommand, QueueState } from '@holdfast/domain';
import { withOrganisation, type CommandContext } from './command-context.ts';
import { EXIT } from './exit-codes.ts';
import { print } from './output.ts';
import { isFiltered, readQueueFilter, type QueueOptions } from './queue-options.ts';

export interface SelectionOptions extends QueueOptions {
  readonly all?: boolean;
  readonly yes?: boolean;
  readonly reason?: string;
  readonly allowSender?: boolean;
}

interface CommandedSelection {
  readonly command: (options: SelectionOptions) => DeliveryCommand;
  /** `--all` means all in these states, unless `--state` says otherwise. */
  readonly states: readonly QueueState[];
  /** `released`. */
  readonly done: string;
}

/** One command on named deliveries, or with `--all` and `--yes` on everything that the filters leave. */
export async function runOnSelection(
  ids: readonly string[],
  options: SelectionOptions,
  { command, states, done }: CommandedSelection,
): Promise<void> {
  await withOrganisation(options, async ({ ports, actor }) => {
    const filter = readQueueFilter(options, ports.clock.now(), states);
    if (options.all === true ? ids.length > 0 : ids.length === 0) {
      throw new Refusal(
        'input.invalid',
        'Name deliveries by their ids, or use --all with filters.',
      );
    }
    if (options.all !== true && isFiltered(readQueueFilter(options, ports.clock.now()))) {
      throw new Refusal('input.invalid', 'Filters belong to --all; named deliveries need none.');
    }
    const selection =
      options.all === true
        ? ({ kind: 'matching', filter } as const)
        : ({ kind: 'deliveries', keys: await findKeys({ ports, actor }, ids) } as const);
    if (selection.kind === 'matching' && options.yes !== true) {
      const count = await ports.database.withinOrganisation(actor.organisationId, ({ queue }) =>
        queue.count(filter),
      );
      throw new Refusal(
        'input.invalid',
        `${count} deliveries match. Nothing was changed: confirm with --yes.`,
      );
    }
    const result = await commandDeliveries(ports, actor, {
      selection,
      command: command(options),
      allowSender: options.allowSender === true,
    });
    const { action, ...counts } = result;
    print(options, { ...counts, job: action?.id ?? null }, () =>
      action === null
        ? [
            `${result.changed} ${done}.`,
            ...result.allowed.map((value) => `${value} is on the allow list.`),
            ...result.refused.map(
              ({ refusal, count }) =>
                `${count} left as they are: ${COMMAND_REFUSAL_WORDS[refusal]}.`,
            ),
          ]
        : [
            `${action.expected} match. The worker goes through them; the console shows how far it is.`,
          ],
    );
    return EXIT.ok;
  });
}

async function findKeys(
  { ports, actor }: Pick<CommandContext, 'ports' | 'actor'>,
  ids: readonly string[],
) {
  const wrong = ids.find((id) => !/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id));
  if (wrong !== undefined) throw new Refusal('input.invalid', `“${wrong}” is no id of a delivery.`);
  const keys = await ports.database.withinOrganisation(actor.organisationId, ({ queue }) =>
    queue.find(ids),
  );
  const found = new Set(keys.map(({ id }) => id));
  const missing = ids.find((id) => !found.has(id.toLowerCase()));
  if (missing !== undefined) {
    throw new Refusal('queue.unknown', `There is no delivery ${missing}. Nothing was changed.`);
  }
  return keys;
}
