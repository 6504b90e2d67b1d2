import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { PortInUse, startSimulator } from './start-simulator.ts';

/** sysexits.h: a temporary failure, try again after having freed the port. */
const EXIT_TEMPORARY = 75;
const EXIT_USAGE = 64;

const { values } = parseArgs({
  options: {
    'control-port': { type: 'string', default: '3900' },
    'smtp-port': { type: 'string', default: '2526' },
    'dns-port': { type: 'string', default: '2553' },
    bind: { type: 'string', default: '127.0.0.1' },
    'authority-file': { type: 'string' },
    'application-certificate': { type: 'string' },
    state: { type: 'string', default: 'none' },
    'sample-days': { type: 'string', default: '5' },
    users: { type: 'string', default: '0' },
    'page-size': { type: 'string', default: '10' },
    'health-delay-seconds': { type: 'string', default: '300' },
  },
});

function fail(code: number, sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(code);
}

type WholeNumber =
  | 'control-port'
  | 'smtp-port'
  | 'dns-port'
  | 'sample-days'
  | 'users'
  | 'page-size';

function whole(name: WholeNumber, limit: number) {
  const number = Number(values[name]);
  if (!Number.isInteger(number) || number < 0 || number > limit) {
    fail(EXIT_USAGE, `--${name} is "${values[name]}"; it takes a whole number from 0 to ${limit}.`);
  }
  return number;
}

if (values.state !== 'none') {
  fail(
    EXIT_USAGE,
    `--state is "${values.state}"; only "none" is possible: nothing is kept on disk.`,
  );
}
const delaySeconds = Number(values['health-delay-seconds']);
if (!(delaySeconds >= 0)) {
  fail(EXIT_USAGE, '--health-delay-seconds takes a number of seconds, 0 or more.');
}

try {
  const certificate = values['application-certificate'];
  const simulator = await startSimulator({
    controlPort: whole('control-port', 65_535),
    smtpPort: whole('smtp-port', 65_535),
    dnsPort: whole('dns-port', 65_535),
    sampleDays: whole('sample-days', 60),
    users: whole('users', 500_000),
    pageSize: Math.max(whole('page-size', 999), 1),
    bind: values.bind,
    ...(certificate !== undefined && { applicationCertificate: readFileSync(certificate, 'utf8') }),
    healthDelayMs: delaySeconds * 1000,
  });
  const { stop, authority, awkwardness: _rules, contract: _record, ...facts } = simulator;
  const file = values['authority-file'];
  if (file !== undefined) writeFileSync(file, authority);
  const end = (): void => {
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  // `disconnect`: whoever started the simulator is gone, and nobody else would stop it.
  for (const occasion of ['SIGTERM', 'SIGINT', 'disconnect']) process.once(occasion, end);
  process.stdout.write(`${JSON.stringify({ ready: true, ...facts })}\n`);
} catch (error) {
  if (error instanceof PortInUse) fail(EXIT_TEMPORARY, error.message);
  throw error;
}
