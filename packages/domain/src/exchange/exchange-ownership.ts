import { distinctRanges, plainRange } from './exchange-address.ts';
import type { OwnedExchange } from './exchange-side.ts';
import type { ExchangeStep } from './exchange-step.ts';

/** What is ours in lists that others use, too: what was added, less what was taken away again. Oldest first. */
export function ownedBy(steps: readonly ExchangeStep[]): OwnedExchange {
  const addresses = new Set<string>();
  const sealers = new Set<string>();
  for (const step of steps) {
    switch (step.kind) {
      case 'allow-addresses':
        for (const address of distinctRanges(step.addresses)) addresses.add(address);
        break;
      case 'stop-allowing-addresses':
        for (const address of step.addresses) addresses.delete(plainRange(address));
        break;
      case 'trust-sealers':
        for (const sealer of step.after) if (!step.before.includes(sealer)) sealers.add(sealer);
        for (const sealer of step.before) if (!step.after.includes(sealer)) sealers.delete(sealer);
        break;
      case 'enable-customization':
      case 'create-connector':
      case 'change-connector':
      case 'remove-connector':
      case 'create-rule':
      case 'change-rule':
      case 'remove-rule':
        // Told by the tag in their comments.
        break;
    }
  }
  return { addresses: [...addresses], sealers: [...sealers] };
}
