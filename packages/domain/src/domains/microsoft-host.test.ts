import { expect, test } from 'vitest';
import { isMicrosoftMailHost, isOffice365Host } from './microsoft-host.ts';

test.each([
  ['contoso-com.mail.protection.outlook.com', true, true],
  ['contoso-com.o-v1.MX.Microsoft.', true, true],
  ['contoso.mail.protection.office365.us', true, true],
  ['outlook-com.olc.protection.outlook.com', false, true],
  ['mail.protection.outlook.com.evil.example', false, false],
  ['fakemx.microsoft.example', false, false],
])('%s: Office 365 %s, Microsoft %s', (host, office365, microsoft) => {
  expect([isOffice365Host(host), isMicrosoftMailHost(host)]).toEqual([office365, microsoft]);
});
