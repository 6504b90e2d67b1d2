import type { Configuration } from '../configuration/read-configuration.ts';
import type { DemoFacts } from '../demo/demo-facts.ts';

/** What a newcomer needs, and nothing else. */
export function demoSummary(facts: DemoFacts, installed: boolean): string {
  const message = JSON.stringify({
    from: 'mona.kane@fabrikam.example',
    to: ['megan.bowen@contoso.example'],
    subject: 'Delivery on Thursday',
    text: 'Confirmed for 08:30 at gate 4.',
    mx: `127.0.0.1:${facts.mxPort}`,
  });
  const post = (path: string, body: string): string =>
    `curl -s ${facts.simulatorUrl}${path} -H 'content-type: application/json' -d '${body}'`;
  return [
    '',
    `  Holdfast runs. Demo organisation Contoso, ${installed ? 'installed for everyone' : 'connected and not installed yet'}.`,
    '',
    `  Admin console   ${facts.adminUrl}`,
    `                  ${facts.adminEmail}  ${facts.adminPassword}`,
    `  User portal     ${facts.portalUrl}`,
    `  MX              127.0.0.1:${facts.mxPort}`,
    `  Outside world   ${facts.simulatorUrl}  (mailboxes, text messages, outages)`,
    '',
    `  Send a first message${installed ? '' : ' (after the installation)'}:`,
    `    ${post('/control/send', message)}`,
    '  Take Office 365 down, and up again with "none":',
    `    ${post('/control/outage', '{"shape":"transport"}')}`,
    '',
    '  Ctrl-C stops everything.',
    '',
  ].join('\n');
}

export function productionSummary(configuration: Configuration, setUpUrl: string | null): string {
  return [
    '',
    `  Holdfast runs: ${configuration.roles.join(', ')}.`,
    '',
    `  Admin console   ${configuration.adminUrl}`,
    `  User portal     ${configuration.portalUrl}`,
    `  MX              ${configuration.mxBind}:${configuration.mxPort} as ${configuration.mxHostnames.join(', ')}`,
    ...(configuration.smsUrl === null
      ? ['  Not set: HOLDFAST_SMS_URL and HOLDFAST_SMS_TOKEN. No text messages go out.']
      : []),
    ...(configuration.relayAddresses.length === 0
      ? ['  Not set: HOLDFAST_RELAY_ADDRESSES. The tenant cannot be told which addresses to allow.']
      : []),
    ...(setUpUrl === null
      ? []
      : ['', `  First administrator, once and within 24 hours: ${setUpUrl}`]),
    '',
  ].join('\n');
}
