/**
 * Who the simulated tenant is. These are the only credentials of the simulation; they open nothing in the real world.
 */
export const TENANT_ID = '6fb3bd4c-31b8-4f1a-9d0e-52c8a1f0c0de';
export const TENANT_NAME = 'Contoso';
export const CLIENT_ID = '0a9d6f52-7c1e-4a35-8f7b-3d2f9be3a111';
export const CLIENT_SECRET = 'simulated-contoso-client-secret';
/** Holdfast's own applications, registered for all tenants and not yet admitted by this one, by the most they ask for. */
export const HOLDFAST_APPLICATIONS = {
  read: '5d1c7b90-2f64-4b0a-9c38-71e6a4d0b222',
  configure: '5d1c7b90-2f64-4b0a-9c38-71e6a4d0b333',
  mailbox: '5d1c7b90-2f64-4b0a-9c38-71e6a4d0b444',
};
export const HOLDFAST_CLIENT_SECRET = 'simulated-holdfast-client-secret';
export const VOICE_TOKEN = 'simulated-voice-gateway-token';
export const SMS_TOKEN = 'simulated-sms-gateway-token';
/** What the gateway proves itself with when it hands answers over. */
export const SMS_ANSWER_TOKEN = 'simulated-sms-answer-token';

export const PRIMARY_DOMAIN = 'contoso.example';
export const INITIAL_DOMAIN = 'contoso.onmicrosoft.com';
/** Verified, but used for web sites only: no Email service, no MX, never eligible. */
export const WEB_DOMAIN = 'contoso-labs.example';

export const PRIMARY_MX_HOST = 'contoso-example.mail.protection.outlook.com';
export const INITIAL_MX_HOST = 'contoso.mail.protection.outlook.com';

/** Application permissions that the applications ask for, as they appear in the `roles` claim once granted. */
export const GRAPH_ROLES = [
  'User.Read.All',
  'MailboxSettings.Read',
  'Domain.Read.All',
  'Organization.Read.All',
  'GroupMember.Read.All',
  'OrgContact.Read.All',
  'LicenseAssignment.Read.All',
  'ServiceHealth.Read.All',
  'Mail.ReadWrite',
  'Calendars.Read',
  'Contacts.Read',
  'ExchangeMessageTrace.Read.All',
];
export const CONFIGURE_ROLES = ['ExchangeMessageTrace.Read.All'];
export const MAILBOX_ROLES = ['Mail.ReadWrite', 'Calendars.Read', 'Contacts.Read'];
export const EXCHANGE_ROLES = ['Exchange.ManageAsApp'];
