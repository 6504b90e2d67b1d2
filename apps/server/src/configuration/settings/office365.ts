import { parseTiers } from '@holdfast/domain';
import { list, no, text, url, type Setting } from '../setting.ts';

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** `id`, or `tiers=id` where several registrations ask for different permissions. */
function isApplication(part: string): boolean {
  const at = part.lastIndexOf('=');
  return GUID.test(part.slice(at + 1).trim()) && (at < 0 || parseTiers(part.slice(0, at)) !== null);
}

const applicationIds = (plain: Setting<readonly string[]>): Setting<readonly string[]> => ({
  ...plain,
  read(value) {
    const parts = plain.read(value);
    if (!parts.ok) return parts;
    const wrong = parts.value.find((part) => !isApplication(part));
    return wrong === undefined
      ? parts
      : no(`“${wrong}” is no application id, and no tiers with one (read, read+configure, …)`);
  },
});

/** Where Microsoft is asked. */
export const OFFICE365_SETTINGS = {
  loginBase: url(
    {
      name: 'HOLDFAST_LOGIN_BASE',
      summary: 'Microsoft sign-in.',
      example: 'https://login.microsoftonline.com',
    },
    'https://login.microsoftonline.com',
  ),
  graphBase: url(
    {
      name: 'HOLDFAST_GRAPH_BASE',
      summary: 'Microsoft Graph.',
      example: 'https://graph.microsoft.com/v1.0',
    },
    'https://graph.microsoft.com/v1.0',
  ),
  exchangeBase: url(
    {
      name: 'HOLDFAST_EXCHANGE_BASE',
      summary: 'Exchange Online administration.',
      example: 'https://outlook.office365.com',
    },
    'https://outlook.office365.com',
  ),
  applicationIds: applicationIds(
    list(
      {
        name: 'HOLDFAST_APPLICATION_ID',
        summary:
          'Client id of Holdfast’s own application in Entra ID, which tenants admit by consent; its redirect URI is the console’s address with /m365/consent. A registration asks for all its permissions at once: with several, each with its tiers in front, administrators can grant fewer. A bare id stands for read+configure+mailbox. Without it, organisations register applications of their own.',
        example:
          'read=11111111-2222-4333-8444-555555555555,read+configure=66666666-7777-4888-9999-000000000000',
      },
      [],
    ),
  ),
  applicationCertificate: text({
    name: 'HOLDFAST_APPLICATION_CERT',
    summary:
      'PEM file of the certificate that is registered with these applications. Read at the start; an expiry warning stands in the log.',
    example: '/etc/holdfast/application.pem',
  }),
  applicationKey: text({
    name: 'HOLDFAST_APPLICATION_KEY',
    summary: 'PEM file of its key: RSA, 2048 bits or more, without a password.',
    example: '/etc/holdfast/application.key',
  }),
  applicationSecret: text({
    name: 'HOLDFAST_APPLICATION_SECRET',
    summary: 'A client secret in place of a certificate; for one application only.',
    example: '…',
    secret: true,
  }),
} as const;
