import { RoleRefusedError } from '../supervisor/start-refusals.ts';
import {
  applyExchange,
  connectTenant,
  createOrganisation,
  install,
  requestDirectorySync,
  runDirectorySync,
  saveHelpdesk,
  type CommandActor,
  type OrganisationRecord,
  type Ports,
} from '@holdfast/application';
import { PERMISSION_TIERS } from '@holdfast/domain';
import { isMarkedAsDemo, markAsDemo } from '@holdfast/database';
import { admitAgain } from './admit-again.ts';
import { DEMO_ADMINISTRATOR } from './demo-facts.ts';
import { enterRecords } from './enter-records.ts';
import { seedAlternateInfo } from './seed-alternate-info.ts';
import { seedMail } from './seed-mail.ts';
import type { DemoTenant } from './simulator-process.ts';

/** Seats of Contoso's plan: more than it has people. */
const DEMO_SEATS = 100;

/** Refuses a database that holds something and is not marked as demo: demo credentials must never open real mail. */
export async function claimDemoDatabase(ports: Ports, databaseUrl: string): Promise<void> {
  if (await isMarkedAsDemo(databaseUrl)) return;
  const organisations = await ports.database.acrossOrganisations((system) =>
    system.organisations(),
  );
  if (organisations.length > 0) {
    throw new RoleRefusedError(
      'This database is not a demo database: it holds an organisation. Start without --demo, or use another database or HOLDFAST_DATA_DIR.',
    );
  }
  await markAsDemo(databaseUrl);
}

/** Outside of the tenant, as it has to be. */
const DEMO_HELPDESK = {
  name: 'IT helpdesk',
  phone: '+1 425 555 0100',
  email: 'helpdesk@fabrikam.example',
  url: '',
  hours: 'Mon–Fri 8–18, during an outage always',
} as const;

export interface SeedOptions {
  readonly tenant: DemoTenant;
  readonly password: string;
  readonly installed: boolean;
  readonly simulatorUrl: string;
  readonly progress: (sentence: string) => void;
}

export interface Seeded {
  readonly installed: boolean;
  /** Thirty days of mail were written just now. */
  readonly fresh: boolean;
}

/** Contoso, connected to the simulated tenant; with `installed` also protected, with alternate info and thirty days of mail. */
export async function seedDemo(ports: Ports, options: SeedOptions): Promise<Seeded> {
  const [existing] = await ports.database.acrossOrganisations((system) => system.organisations());
  const organisation = existing ?? (await makeContoso(ports, options));
  const actor: CommandActor = { kind: 'command-line', organisationId: organisation.id };
  await admitAgain(ports, organisation.id, options.simulatorUrl);
  if (organisation.installedAt !== null) {
    await enterRecords(ports, actor, options.simulatorUrl, 'again');
    await setUpExchangeAgain(ports, actor);
    return { installed: true, fresh: false };
  }
  if (!options.installed) return { installed: false, fresh: false };
  options.progress('Installing for everyone, with alternate info and thirty days of mail');
  const run = await requestDirectorySync(ports, actor);
  await runDirectorySync(ports, {
    id: run.id,
    payload: { organisationId: organisation.id, runId: run.id },
  });
  await install(ports, actor, { protect: { kind: 'all' }, protectNewUsers: true });
  await saveHelpdesk(ports, actor, DEMO_HELPDESK);
  await seedAlternateInfo(ports, organisation.id);
  await seedMail(ports, organisation.id, options.simulatorUrl);
  await enterRecords(ports, actor, options.simulatorUrl, 'all');
  return { installed: true, fresh: true };
}

/** The simulator forgets what was set up in Exchange with every start; somebody who deleted it would look the same. */
async function setUpExchangeAgain(ports: Ports, actor: CommandActor): Promise<void> {
  const { establishedAt } = await ports.database.withinOrganisation(actor.organisationId, (r) =>
    r.exchange.side(),
  );
  if (establishedAt !== null) await applyExchange(ports, actor);
}

async function makeContoso(ports: Ports, options: SeedOptions): Promise<OrganisationRecord> {
  options.progress('Making the demo organisation Contoso');
  const organisation = await createOrganisation(ports, {
    name: 'Contoso',
    plan: { name: 'Continuity', continuity: true, seats: DEMO_SEATS },
    owner: { ...DEMO_ADMINISTRATOR, password: options.password },
  });
  const { tenantId, clientId, clientSecret } = options.tenant;
  await connectTenant(
    ports,
    { kind: 'command-line', organisationId: organisation.id },
    {
      tenantId,
      clientId,
      proof: { kind: 'secret', secret: clientSecret },
      tiers: PERMISSION_TIERS,
      secretExpiresAt: null,
    },
  );
  return organisation;
}
