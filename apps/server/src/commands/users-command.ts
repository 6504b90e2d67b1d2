import {
  exportUsers,
  findUsersByAddress,
  requestInfo,
  saveProtection,
  INELIGIBLE_WORDS,
} from '@holdfast/application';
import type { Command } from 'commander';
import { withOrganisation, type CommandOptions } from './command-context.ts';
import { withOrganisationOption } from './organisation-option.ts';
import { EXIT } from './exit-codes.ts';
import { print, table } from './output.ts';

export function addUsersCommand(program: Command): void {
  const users = program.command('users').description('Who is protected, and whom we can reach');
  withOrganisationOption(users.command('list').description('Every object of the directory')).action(
    (options: CommandOptions) =>
      withOrganisation(options, async ({ ports, actor }) => {
        const rows = (await exportUsers(ports, actor)).map(({ user, eligibility }) => ({
          address: user.primaryAddress,
          kind: user.kind,
          protected: user.protected,
          eligible: eligibility.eligible,
          reason: eligibility.eligible ? null : eligibility.reason,
          alternateInfo: user.alternateInfo,
        }));
        print(options, rows, () =>
          table(
            ['ADDRESS', 'KIND', 'PROTECTED', 'ALTERNATE INFO', 'NOTE'],
            rows.map((row) => [
              row.address,
              row.kind,
              row.protected ? 'yes' : 'no',
              row.alternateInfo,
              row.reason === null ? '' : INELIGIBLE_WORDS[row.reason],
            ]),
          ),
        );
        return EXIT.ok;
      }),
  );
  addProtection(users, 'protect', 'Enable Email Continuity for users');
  addProtection(
    users,
    'unprotect',
    'Disable Email Continuity for users; their waiting mail still goes to Office 365',
  );
  withOrganisationOption(
    users.command('request-info').description('Ask users for alternate info again'),
  )
    .argument('<addresses...>', 'work addresses, or `missing` for everyone without')
    .action((addresses: readonly string[], options: CommandOptions) =>
      withOrganisation(options, async ({ ports, actor }) => {
        const everyone = addresses.length === 1 && addresses[0] === 'missing';
        const found = everyone ? [] : await findUsersByAddress(ports, actor, addresses);
        const asked = await requestInfo(
          ports,
          actor,
          everyone ? { kind: 'missing' } : { kind: 'users', userIds: found.map((user) => user.id) },
        );
        print(options, asked, () => [`Asked ${asked.asked} users.`]);
        return EXIT.ok;
      }),
    );
}

function addProtection(users: Command, verb: 'protect' | 'unprotect', description: string): void {
  withOrganisationOption(users.command(verb).description(description))
    .argument('<addresses...>', 'work addresses')
    .action((addresses: readonly string[], options: CommandOptions) =>
      withOrganisation(options, async ({ ports, actor }) => {
        const ids = (await findUsersByAddress(ports, actor, addresses)).map((user) => user.id);
        const saved = await saveProtection(ports, actor, {
          protect: verb === 'protect' ? ids : [],
          unprotect: verb === 'unprotect' ? ids : [],
        });
        const refused = saved.refused.map(({ object, reason }) => ({
          address: object.primaryAddress,
          reason,
        }));
        print(
          options,
          { protected: saved.protected, unprotected: saved.unprotected, refused },
          () => [
            `${saved.protected} enabled, ${saved.unprotected} disabled.`,
            ...refused.map((one) => `Not ${one.address}: ${INELIGIBLE_WORDS[one.reason]}`),
          ],
        );
        return refused.length === 0 ? EXIT.ok : EXIT.usage;
      }),
    );
}
