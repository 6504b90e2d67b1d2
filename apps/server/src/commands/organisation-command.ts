import { createOrganisation, createSetUpLink, Refusal, type Ports } from '@holdfast/application';
import type { Command } from 'commander';
import { randomBytes } from 'node:crypto';
import { withPorts } from './command-context.ts';
import { EXIT } from './exit-codes.ts';
import { print, type OutputOptions } from './output.ts';

interface CreateOptions extends OutputOptions {
  readonly name: string;
  readonly adminEmail?: string;
  readonly adminName?: string;
}

export function addOrganisationCommand(program: Command): void {
  const organisation = program
    .command('organisation')
    .description('Organisations on this installation');
  organisation
    .command('create')
    .description('Make another organisation')
    .requiredOption('--name <name>', 'its name; each has one of its own')
    .option('--admin-email <address>', 'its first administrator; the password is printed once')
    .option('--admin-name <name>', 'the administrator’s name', 'Administrator')
    .option('--json', 'print JSON')
    .action((options: CreateOptions) =>
      withPorts(options, async (ports) => {
        await refuseKnownName(ports, options.name);
        const owner = ownerOf(options);
        const created = await createOrganisation(ports, {
          name: options.name,
          ...(owner === null ? {} : { owner }),
        });
        const link = owner === null ? await createSetUpLink(ports) : null;
        const password = owner?.password ?? null;
        const value = { id: created.id, name: created.name, setUpUrl: link?.url ?? null, password };
        print(options, value, () => [
          `Made ${created.name} (${created.id}).`,
          ...(link === null
            ? []
            : [`Its first administrator signs up here, within 24 hours: ${link.url}`]),
          ...(owner === null
            ? []
            : [`${owner.email} signs in with the password ${owner.password}`]),
        ]);
        return EXIT.ok;
      }),
    );
}

async function refuseKnownName(ports: Ports, name: string): Promise<void> {
  const all = await ports.database.acrossOrganisations((system) => system.organisations());
  const wanted = name.trim().toLowerCase();
  if (!all.some((organisation) => organisation.name.toLowerCase() === wanted)) return;
  throw new Refusal(
    'input.invalid',
    `There is an organisation “${name.trim()}” already. Choose another name: commands tell organisations apart by it.`,
  );
}

/** 96 random bits; whoever gets it can change nothing but what the console lets them. */
function ownerOf(
  options: CreateOptions,
): { readonly name: string; readonly email: string; readonly password: string } | null {
  if (options.adminEmail === undefined) return null;
  const password = randomBytes(12).toString('base64url');
  return { name: options.adminName ?? 'Administrator', email: options.adminEmail, password };
}
