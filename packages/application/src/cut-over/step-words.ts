import {
  recordsToEnter,
  type BlockReason,
  type CutOverEvidence,
  type CutOverStep,
  type LockDownObstacle,
  type StepReading,
  type WayBackStep,
} from '@holdfast/domain';
import type { ApplicationSettings } from '../ports.ts';
import type { CutOverReading } from './read-cut-over.ts';

/** A step for whoever takes it: console and command line say the same. */
export interface StepWords {
  readonly title: string;
  /** What was measured. */
  readonly measured: string;
  /** What stands in the way, or what is waited for; null when nothing does. */
  readonly reason: string | null;
  readonly todo: string;
  readonly risk: string;
}

type Step = CutOverStep | WayBackStep;

const TITLES: Readonly<Record<Step, string>> = {
  ttl: 'Lower the TTL of the MX records',
  recipients: 'The list of recipients is complete',
  connector: 'The connector is on, the lock-down is off',
  canary: 'A test message through us arrives',
  policies: 'MTA-STS and DANE allow our hosts',
  mx: 'Change the MX records',
  'direct-senders': 'See who still sends to Office 365 directly',
  'lock-down': 'Lock Office 365 down',
  'lock-down-off': 'Switch the lock-down off',
  'policies-back': 'MTA-STS and DANE allow Office 365',
  'mx-back': 'Point the MX records at Office 365',
  'relay-only': 'We relay what still comes here',
};

const RISKS: Readonly<Record<Step, string>> = {
  ttl: 'With a long TTL some senders go on using the old records for as long, both now and if you have to go back.',
  recipients:
    'Where the list has gaps, unknown addresses are asked for at Office 365 one by one; while it is down, such mail waits at the sender.',
  connector:
    'Without the connector Office 365 judges all mail by our address and slows us down. With the lock-down on too early it refuses what still comes directly.',
  canary: 'Without this proof a mistake shows only when real mail waits.',
  policies:
    'Senders that keep to a policy without our hosts stop delivering, and remember it for as long as its max_age says.',
  mx: 'An Office 365 record left beside ours is used whenever we are slow: that mail is neither filtered nor kept for an outage.',
  'direct-senders':
    'Printers, applications and senders with a host name set by hand do not follow MX. With the lock-down on, their mail is refused.',
  'lock-down':
    'From then on Office 365 refuses everything that does not come through us, addresses at the onmicrosoft.com domain included. Switch it off before MX ever leaves us.',
  'lock-down-off': 'While it is on, Office 365 refuses all mail that does not come through us.',
  'policies-back': 'Senders that keep to a policy without the hosts of Office 365 stop delivering.',
  'mx-back': 'From then on there is neither filter nor copy: an outage of Office 365 is an outage.',
  'relay-only':
    'Senders keep the old records for as long as the TTL said, and some longer. Until then nothing may be taken away here.',
};

export function stepWords(
  { step, state }: StepReading,
  reading: CutOverReading,
  settings: Pick<ApplicationSettings, 'ourHosts' | 'cutOver'>,
): StepWords {
  const { evidence } = reading.record;
  return {
    title: TITLES[step],
    measured: evidence === null ? 'Not measured yet.' : measured(step, evidence, reading),
    reason: state.kind === 'blocked' ? BLOCKED[state.reason] : null,
    todo: todo(step, reading, settings),
    risk: RISKS[step],
  };
}

const BLOCKED: Readonly<Record<BlockReason, string>> = {
  'dns-silent': 'DNS did not answer, so nothing is known newly.',
  'ttl-unknown': 'The resolver does not say how long the records may be kept.',
  'ttl-high': 'The TTL is still long.',
  'recipients-incomplete': 'Some kinds of recipients cannot be listed.',
  'recipients-stale': 'The list is older than a day.',
  'connector-off': 'The connector is not there, or it is switched off.',
  'connector-unknown': 'Whether the connector is there cannot be seen from here.',
  'lock-down-on': 'The lock-down is on although MX does not point here: Office 365 refuses mail.',
  'canary-lost': 'The test message has not arrived.',
  'policies-unknown': 'What is published cannot be told.',
  'policies-forbid-us': 'What is published does not allow our hosts.',
  'policies-forbid-tenant': 'What is published does not allow the hosts of Office 365.',
  'office-365-left': 'An Office 365 record is left beside ours.',
  'others-left': 'Other records are left beside ours.',
  'mx-elsewhere': 'MX does not point here.',
  'mx-left-us': 'MX no longer points here.',
  'lock-down-unknown': 'Whether the lock-down is on cannot be seen from here.',
  'lock-down-obstacles': 'Something still speaks against it.',
  'earlier-steps': 'Earlier steps come first.',
};

function measured(step: Step, evidence: CutOverEvidence, reading: CutOverReading): string {
  switch (step) {
    case 'ttl':
      return evidence.mx === null || evidence.mx.ttl === null
        ? 'No TTL was seen.'
        : `TTL ${evidence.mx.ttl} s.`;
    case 'recipients':
      return recipientsMeasured(evidence);
    case 'connector':
      return `${evidence.connectorDetail} Lock-down: ${evidence.lockDown}.`;
    case 'canary':
      return canaryMeasured(reading);
    case 'policies':
    case 'policies-back':
      return evidence.policies.kind === 'none'
        ? 'No MTA-STS policy is published.'
        : evidence.policies.detail;
    case 'mx':
    case 'mx-back':
      return evidence.mx === null || evidence.mx.hosts.length === 0
        ? 'No MX record was seen.'
        : `MX: ${evidence.mx.hosts.join(', ')}.`;
    case 'direct-senders':
      return directMeasured(reading);
    case 'lock-down':
    case 'lock-down-off':
      return `Lock-down: ${evidence.lockDown}. ${evidence.connectorDetail}`;
    case 'relay-only': {
      const { state } = reading.record;
      return state?.phase === 'back' ? 'The wait is over.' : 'Mail that still comes is relayed.';
    }
  }
}

function recipientsMeasured({ recipients }: CutOverEvidence): string {
  switch (recipients.kind) {
    case 'complete':
      return recipients.by === 'exchange'
        ? 'Exchange has listed every recipient.'
        : 'An administrator has said that nobody is missing.';
    case 'stale':
      return 'The list was complete, and is old.';
    case 'incomplete':
      return recipients.detail;
  }
}

function canaryMeasured({ probe }: CutOverReading): string {
  if (probe === null) return 'None was sent yet.';
  switch (probe.state) {
    case 'waiting':
      return `On its way to our MX, for ${probe.mailbox}.`;
    case 'accepted':
      return `Accepted by ${probe.acceptedBy ?? 'our MX'}; on its way to Office 365. ${probe.detail ?? ''}`.trim();
    case 'relayed':
      return `Office 365 has taken it: ${probe.relayReply ?? ''}. ${probe.blind ?? 'Looking for it in the mailbox.'}`;
    case 'arrived':
      return `Arrived in ${probe.mailbox}${probe.folder === null ? '' : ` (${probe.folder})`}.`;
    case 'lost':
      return probe.detail ?? 'It has not arrived.';
  }
}

function directMeasured({ record: { state } }: CutOverReading): string {
  if (state?.phase !== 'through-us' || state.directSenders === null) return 'Not looked at yet.';
  const { messages, sources } = state.directSenders;
  return messages === 0
    ? 'Nobody sends to Office 365 directly.'
    : `${messages} ${messages === 1 ? 'message' : 'messages'} from ${sources} ${sources === 1 ? 'source' : 'sources'} came past us.`;
}

function todo(
  step: Step,
  reading: CutOverReading,
  settings: Pick<ApplicationSettings, 'ourHosts' | 'cutOver'>,
): string {
  const { domain, obstacles } = reading;
  const back = domain.tenantMx.map(({ preference, exchange }) => `${preference} ${exchange}`);
  switch (step) {
    case 'ttl':
      return `At your DNS provider set the TTL of the MX records of ${domain.name} to ${settings.cutOver.lowTtl} seconds or less, and leave the records as they are.`;
    case 'recipients':
      return 'Refresh mailboxes with the Exchange permission, or confirm that nobody is missing.';
    case 'connector':
      return 'Apply the Office 365 side under Email Continuity, or run its script and confirm it here.';
    case 'canary':
      return 'Choose a mailbox of the domain and send a test message to it.';
    case 'policies':
      return `Add ${settings.ourHosts.join(' and ')} to the MTA-STS policy, give it a new id, and wait for its max_age. Leave the hosts of Office 365 in it.`;
    case 'mx': {
      const records = recordsToEnter(domain.name, settings.ourHosts);
      const lines = records.map(({ preference, exchange }) => `${preference} ${exchange}`);
      return `Replace all MX records by ${lines.join(' and ')}. Leave no Office 365 record beside them.`;
    }
    case 'direct-senders':
      return 'Look through the list. Point what is yours at our MX, and tell partners that use a fixed host name.';
    case 'lock-down':
      return obstacles.length === 0
        ? 'Switch it on, or skip it with a reason.'
        : obstacles.map(obstacleWords).join(' ');
    case 'lock-down-off':
      return 'Switch it off here, or run the script and confirm it.';
    case 'policies-back':
      return `Add ${domain.tenantMx.map(({ exchange }) => exchange).join(' and ')} to the MTA-STS policy and wait for its max_age.`;
    case 'mx-back':
      return domain.filterMode === 'filter-in-front'
        ? 'Let your filter deliver to Office 365 again, and say so here.'
        : `Replace all MX records by ${back.join(' and ')}.`;
    case 'relay-only':
      return 'Nothing. Leave everything as it is until the wait is over.';
  }
}

export function obstacleWords(obstacle: LockDownObstacle): string {
  switch (obstacle.kind) {
    case 'already':
      return 'It is on already.';
    case 'connector-off':
      return 'The connector is not there, or it is switched off: our own mail would be refused.';
    case 'connector-unknown':
      return 'Whether the connector is there cannot be seen from here.';
    case 'no-domain':
      return 'No domain carries mail.';
    case 'way-back':
      return `The way back of ${obstacle.domain} is running.`;
    case 'mx-unknown':
      return `Where MX of ${obstacle.domain} points is not known.`;
    case 'office-365-mx':
      return `MX of ${obstacle.domain} points to Office 365: its mail would be refused.`;
    case 'mx-elsewhere':
      return `MX of ${obstacle.domain} does not point here alone: its mail would be refused.`;
    case 'not-proved':
      return `No test message of ${obstacle.domain} has arrived through us.`;
    case 'filter-unproved':
      return `Whether the filter in front of ${obstacle.domain} delivers to us is not proved: look who still sends directly. It has to be nobody.`;
  }
}
