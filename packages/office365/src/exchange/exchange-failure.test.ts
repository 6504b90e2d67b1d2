import { describe, expect, it } from 'vitest';
import { exchangeFailure } from './exchange-failure.ts';

describe('what Exchange says', () => {
  const error = (status: number, body: unknown) =>
    exchangeFailure(
      {
        status,
        text: typeof body === 'string' ? body : JSON.stringify({ error: body }),
        retryAfter: null,
      },
      'Get-X',
    ).failure;

  it.each([
    [
      'details first',
      400,
      {
        message: 'm',
        details: [{ message: 'Ex1|Some.Type|from details' }],
        innererror: { internalException: { message: 'inner' } },
      },
      'unexpected',
      'Get-X: from details',
    ],
    [
      'then the inner exception',
      400,
      { message: 'm', innererror: { internalException: { message: 'Ex1|Some.Type|inner' } } },
      'unexpected',
      'Get-X: inner',
    ],
    ['then the message', 400, { message: 'only this' }, 'unexpected', 'Get-X: only this'],
    [
      'by its type, denied',
      400,
      {
        details: [
          {
            message:
              'Ex5E8EA4|Microsoft.Exchange.Configuration.Authorization.CmdletAccessDeniedException|No.',
          },
        ],
      },
      'forbidden',
      'Get-X: No.',
    ],
    [
      'by its type, not our cmdlet',
      404,
      {
        details: [
          { message: 'Ex1|System.Management.Automation.CommandNotFoundException|No cmdlet.' },
        ],
      },
      'forbidden',
      'Get-X: No cmdlet.',
    ],
    [
      'by its type, no such object',
      400,
      { details: [{ message: 'Ex1|X.ManagementObjectNotFoundException|Gone.' }] },
      'not-found',
      'Get-X: Gone.',
    ],
    ['a bare 403, NUL-padded', 403, '\u0000\u0000 \u0000', 'forbidden', 'Get-X: HTTP 403'],
    [
      'a gateway’s HTML',
      502,
      '<html>\n<body>Bad gateway',
      'unavailable',
      'Get-X: <html> <body>Bad gateway',
    ],
  ] as const)('%s', (_name, status, body, code, detail) => {
    expect(error(status, body)).toMatchObject({ code, detail });
  });
});
