import { TenantError } from '../ports/office365/tenant-credentials.ts';
import { Refusal } from '../refusal.ts';

/** What went wrong at Microsoft and what to do, for administrators. */
export function tenantFailureWords(error: TenantError): string {
  const { code, detail } = error.failure;
  const said = detail === '' ? '' : ` Microsoft said: ${detail}`;
  switch (code) {
    case 'unreachable':
      return `Microsoft could not be reached.${said} Check the network of this server, then try again.`;
    case 'sign-in-failed':
      return `Microsoft refused the sign-in. Check the application id and the secret; a secret also runs out.${said}`;
    case 'not-consented':
      return `The application has no admin consent in this tenant. Grant it in Entra, then try again.${said}`;
    case 'tenant-unknown':
      return `Microsoft does not know this tenant. Check the tenant id.${said}`;
    case 'forbidden':
      return `The application may not do this. Grant the permission in Entra, then try again.${said}`;
    case 'not-found':
      return `Microsoft does not have what was asked for.${said}`;
    case 'throttled':
      return `Microsoft asks to slow down. Try again in a few minutes.${said}`;
    case 'unavailable':
      return `Microsoft does not answer properly at the moment. Try again later.${said}`;
    case 'unexpected':
      return `Microsoft answered something unexpected.${said}`;
  }
}

/** Whether trying again later, unchanged, may help. */
export function isPassing(error: TenantError): boolean {
  return ['unreachable', 'throttled', 'unavailable'].includes(error.failure.code);
}

/** Runs calls to Microsoft; their failure becomes a refusal `connection.failed`. */
export async function refuseTenantFailure<T>(calls: () => Promise<T>): Promise<T> {
  try {
    return await calls();
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    throw new Refusal('connection.failed', tenantFailureWords(error));
  }
}
