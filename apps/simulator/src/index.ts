/**
 * The outside world in one process, for the demo and for tests: Office 365 (sign-in, Graph, Exchange administration, the
 * tenant's SMTP host with its mailboxes), public DNS, an SMS gateway and other people's mail servers, with outages on
 * demand, tenants of any size, and services as awkward as one likes. It shares no code with the product that it stands
 * opposite, keeps everything in memory, and must never be reachable from outside the machine or hold a real credential.
 */
export {
  PortInUse,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from './start-simulator.ts';
export {
  CLIENT_ID,
  CLIENT_SECRET,
  INITIAL_DOMAIN,
  PRIMARY_DOMAIN,
  PRIMARY_MX_HOST,
  SMS_TOKEN,
  TENANT_ID,
} from './tenant/identity.ts';
export { OUTAGE_SHAPES, type OutageShape } from './outage/outage.ts';
export type { Awkwardness, AwkwardnessInput } from './awkwardness/awkwardness.ts';
