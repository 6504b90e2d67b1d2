import type { AccountReading } from '@holdfast/application';
import type { AccountView } from '@holdfast/contracts';
import { deviceIn, type Language } from '@holdfast/domain';
import { toIso } from './instant.ts';

/** Keys and hashes stay here. */
export function presentAccount(reading: AccountReading, language: Language): AccountView {
  const { passkeys, recoveryCodes, devices, ...rest } = reading;
  const { left, madeAt } = recoveryCodes;
  return {
    ...rest,
    passkeys: passkeys.map(({ id, device, madeAt: made, lastUsedAt }) => ({
      id,
      device: deviceIn(language, device),
      madeAt: toIso(made),
      lastUsedAt: lastUsedAt === null ? null : toIso(lastUsedAt),
    })),
    recoveryCodes: { left, madeAt: madeAt === null ? null : toIso(madeAt) },
    devices: devices.map(({ id, device, method, network, createdAt, lastSeenAt, current }) => ({
      id,
      device: deviceIn(language, device),
      method,
      network,
      since: toIso(createdAt),
      lastSeenAt: toIso(lastSeenAt),
      current,
    })),
  };
}
