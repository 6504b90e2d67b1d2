import type { TenantCredentials } from '@holdfast/application';
import type { Resource, TokenSource } from '../sign-in/token-source.ts';

/** A token can be revoked before it expires: after a 401 sign in once more, then believe it. */
export async function withToken<T extends { readonly status: number }>(
  tokens: TokenSource,
  credentials: TenantCredentials,
  resource: Resource,
  call: (token: string) => Promise<T>,
): Promise<T> {
  const token = await tokens.token(credentials, resource);
  const first = await call(token);
  if (first.status === 403) tokens.doubt(credentials, resource, token);
  if (first.status !== 401) return first;
  tokens.forget(credentials, resource, token);
  return call(await tokens.token(credentials, resource));
}
