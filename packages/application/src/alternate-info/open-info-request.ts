import type { Ports } from '../ports.ts';
import { withInfoRequest, type InfoSubject } from './find-request.ts';

/** What the form shows. Nothing happens on looking: mail scanners follow links. */
export async function openInfoRequest(
  ports: Ports,
  input: { readonly token: string },
): Promise<InfoSubject> {
  return withInfoRequest(ports, input.token, (subject) => Promise.resolve(subject));
}
