import { url } from '../setting.ts';

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
} as const;
