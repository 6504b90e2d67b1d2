import type { AccountReading } from '@holdfast/application';
import type { AccountView } from '@holdfast/contracts';
import { toIso } from './instant.ts';

/** Keys and hashes stay here. */
export function presentAccount(reading: AccountReading): AccountView {
  const { passkeys, recoveryCodes, devices, ...rest } = reading;
  const { left, madeAt } = recoveryCodes;
  return {
    ...rest,
    passkeys: passkeys.map(({ id, device, madeAt: made, lastUsedAt }) => ({
      id,
      device,
      madeAt: toIso(made),
      lastUsedAt: lastUsedAt === null ? null : toIso(lastUsedAt),
    })),
    recoveryCodes: { left, madeAt: madeAt === null ? null : toIso(madeAt) },
    devices: devices.map(({ id, device, method, network, createdAt, lastSeenAt, current }) => ({
      id,
      device,
      method,
      network,
      since: toIso(createdAt),
      lastSeenAt: toIso(lastSeenAt),
      current,
    })),
  };
}
