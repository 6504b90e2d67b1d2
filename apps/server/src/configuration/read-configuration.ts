import { resolve } from 'node:path';
import type { Setting } from './setting.ts';
import { SETTINGS, type SettingKey, type SettingValues } from './settings.ts';

export interface Configuration extends SettingValues {
  readonly dataDirectory: string;
  readonly adminUrl: string;
  readonly portalUrl: string;
  readonly noticeFrom: string;
  readonly pushContact: string;
}

/** One sentence per setting: which, why, and what to write instead. */
export class ConfigurationError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigurationError';
    this.problems = problems;
  }
}

/** Variables of ours that are no settings of the product: set by the bootstrap or by the supervisor for its children. */
const INTERNAL = new Set(['HOLDFAST_ROLE_FACTS']);

/**
 * Reads every setting from the environment. The one place that looks at it. Throws `ConfigurationError` for malformed
 * values and for names that look like ours and are not, since a typing error in a name would otherwise go unseen.
 */
export function readConfiguration(
  environment: Readonly<Record<string, string | undefined>>,
): Configuration {
  const problems: string[] = unknownNames(environment).map(
    (name) => `${name} is not a setting of Holdfast. See docs/configuration.md for the names.`,
  );
  const values = Object.fromEntries(
    Object.entries<Setting<unknown>>(SETTINGS).map(([key, setting]) => [
      key,
      readOne(setting, environment, problems),
    ]),
  ) as unknown as { -readonly [Key in SettingKey]: SettingValues[Key] };
  if ((values.tlsCertificate === null) !== (values.tlsKey === null)) {
    problems.push('HOLDFAST_TLS_CERT and HOLDFAST_TLS_KEY belong together: set both, or neither.');
  }
  if (values.relayCertificateName !== null && values.tlsCertificate === null) {
    problems.push('HOLDFAST_RELAY_CERT_NAME needs HOLDFAST_TLS_CERT: it is shown to Office 365.');
  }
  if (values.relayTls === 'opportunistic' && values.relayPort === 25) {
    problems.push(
      'HOLDFAST_RELAY_TLS is “opportunistic”, which is for tests on another port alone: leave it out, and mail to the tenant is encrypted for certain.',
    );
  }
  problems.push(...applicationProblems(values));
  if (problems.length > 0) throw new ConfigurationError(problems);
  const portalUrl = values.portalUrl ?? `http://localhost:${values.portalPort}`;
  const noticeFrom = values.noticeFrom ?? `no-reply@${values.mxHostnames[0] ?? 'localhost'}`;
  return {
    ...values,
    dataDirectory: resolve(values.dataDirectory ?? '.holdfast'),
    adminUrl: values.adminUrl ?? `http://localhost:${values.adminPort}`,
    portalUrl,
    noticeFrom,
    pushContact:
      values.pushContact ?? (portalUrl.startsWith('https:') ? portalUrl : `mailto:${noticeFrom}`),
  };
}

/** Holdfast's own applications: an id and one proof. */
function applicationProblems(
  values: Pick<
    SettingValues,
    'applicationIds' | 'applicationCertificate' | 'applicationKey' | 'applicationSecret'
  >,
): readonly string[] {
  const { applicationIds, applicationCertificate, applicationKey, applicationSecret } = values;
  const certified = applicationCertificate !== null && applicationKey !== null;
  if ((applicationCertificate === null) !== (applicationKey === null))
    return [
      'HOLDFAST_APPLICATION_CERT and HOLDFAST_APPLICATION_KEY belong together: set both, or neither.',
    ];
  if (applicationIds.length === 0)
    return certified || applicationSecret !== null
      ? ['HOLDFAST_APPLICATION_ID is missing: name the application that the proof belongs to.']
      : [];
  if (certified === (applicationSecret !== null))
    return [
      'HOLDFAST_APPLICATION_ID needs one proof: HOLDFAST_APPLICATION_CERT with HOLDFAST_APPLICATION_KEY, or HOLDFAST_APPLICATION_SECRET.',
    ];
  return applicationIds.length > 1 && !certified
    ? [
        'HOLDFAST_APPLICATION_SECRET belongs to one application: with several, register one certificate with each.',
      ]
    : [];
}

function unknownNames(
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const known = new Set(Object.values(SETTINGS).map((setting) => setting.name));
  return Object.keys(environment).filter(
    (name) => name.startsWith('HOLDFAST_') && !known.has(name) && !INTERNAL.has(name),
  );
}

function readOne(
  setting: Setting<unknown>,
  environment: Readonly<Record<string, string | undefined>>,
  problems: string[],
): unknown {
  const given = environment[setting.name]?.trim();
  if (given === undefined || given === '') return setting.fallback;
  const reading = setting.read(given);
  if (reading.ok) return reading.value;
  const shown = setting.secret ? '(a secret)' : `“${given}”`;
  problems.push(
    `${setting.name} is ${shown}: ${reading.why}. For example: ${setting.name}=${setting.example}`,
  );
  return setting.fallback;
}

/** What a production start cannot do without; the demo makes these itself. */
export function missingForProduction(configuration: Configuration): readonly string[] {
  const missing: string[] = [];
  if (configuration.secretKey === null) {
    missing.push(
      'HOLDFAST_SECRET_KEY is not set: it seals credentials. Make one with: openssl rand -base64 32',
    );
  }
  if (configuration.mxHostnames.length === 1 && configuration.mxHostnames[0] === 'localhost') {
    missing.push(
      'HOLDFAST_MX_HOSTNAMES is not set: the public names of this MX, for example HOLDFAST_MX_HOSTNAMES=mx1.mail.example',
    );
  }
  const sameHost =
    URL.parse(configuration.adminUrl)?.hostname === URL.parse(configuration.portalUrl)?.hostname;
  if (URL.parse(configuration.adminUrl)?.origin === URL.parse(configuration.portalUrl)?.origin) {
    missing.push(
      'HOLDFAST_ADMIN_URL and HOLDFAST_PORTAL_URL are the same: the console and the portal need an origin each.',
    );
  } else if (sameHost && URL.parse(configuration.adminUrl)?.hostname !== 'localhost') {
    missing.push(
      'HOLDFAST_ADMIN_URL and HOLDFAST_PORTAL_URL have the same host name: cookies of one would reach the other. Use two names.',
    );
  }
  return missing;
}

/** The environment that makes a child read the same configuration. */
export function environmentOf(configuration: Configuration): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [key, setting] of Object.entries(SETTINGS) as [SettingKey, Setting<unknown>][]) {
    const value = configuration[key];
    if (value === null || (Array.isArray(value) && value.length === 0)) continue;
    environment[setting.name] = Array.isArray(value) ? value.join(',') : String(value);
  }
  return environment;
}

/** The same without secrets, for the file that lets commands work with the running product's settings. */
export function openEnvironment(configuration: Configuration): Record<string, string> {
  const secret = new Set(
    Object.values(SETTINGS)
      .filter((setting) => setting.secret)
      .map((setting) => setting.name),
  );
  return Object.fromEntries(
    Object.entries(environmentOf(configuration)).filter(([name]) => !secret.has(name)),
  );
}
