import { isProtectableDomain } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import { checkDomain } from './check-domain.ts';
import { listDomains } from './list-domains.ts';

/** The check on schedule, one domain after another. Returns the names of those that are not right. */
export async function checkAllDomains(ports: Ports, actor: Actor): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const { name } of (await listDomains(ports, actor)).filter(isProtectableDomain)) {
    try {
      const checked = await checkDomain(ports, actor, { name });
      if (checked.state !== 'correct') wrong.push(name);
    } catch (error) {
      // One domain that was removed meanwhile must not keep the others from being checked.
      ports.log.warn('a domain could not be checked', { name, error: String(error) });
    }
  }
  return wrong;
}
