import { maskAddress, maskPhone, type ChannelKind, type SignInMethod } from '@holdfast/domain';
import type { UserActor } from '../mailbox/user-access.ts';
import type { Ports } from '../ports.ts';
import type { DeviceRecord, PasskeyRecord } from '../records/sign-in.ts';
import { Refusal } from '../refusal.ts';

export interface AccountReading {
  readonly login: string;
  readonly portalUrl: string;
  /** How this session was opened. */
  readonly method: SignInMethod;
  readonly hasPassword: boolean;
  readonly passkeys: readonly PasskeyRecord[];
  readonly recoveryCodes: { readonly left: number; readonly madeAt: number | null };
  readonly devices: readonly (DeviceRecord & { readonly current: boolean })[];
  readonly channels: readonly {
    readonly kind: ChannelKind;
    readonly masked: string;
    readonly verified: boolean;
    readonly weak: boolean;
    readonly shared: boolean;
  }[];
}

/** What a user sees of their own ways in. */
export async function readAccount(ports: Ports, actor: UserActor): Promise<AccountReading> {
  return ports.database.withinOrganisation(actor.organisationId, async (repositories) => {
    const { directory, accounts, signIn, channels } = repositories;
    const user = await directory.get(actor.userId);
    const devices = await signIn.devices(actor.userId, ports.clock.now());
    const current = devices.find(({ id }) => id === actor.sessionId);
    if (user === null || current === undefined)
      throw new Refusal('session.required', 'Sign in to go on.');
    const codes = await signIn.recoveryCodes(actor.userId);
    const account = await accounts.portalAccount(actor.userId);
    return {
      login: user.primaryAddress,
      portalUrl: ports.settings.portalUrl,
      method: current.method,
      hasPassword: account?.passwordHash != null,
      passkeys: await signIn.passkeys(actor.userId),
      recoveryCodes: {
        left: codes.filter(({ usedAt }) => usedAt === null).length,
        madeAt: codes[0]?.madeAt ?? null,
      },
      devices: devices.map((device) => ({ ...device, current: device === current })),
      channels: (await channels.ofUser(actor.userId)).flatMap(({ kind, channel, weak, shared }) =>
        channel.state === 'removed'
          ? []
          : [
              {
                kind,
                masked: kind === 'sms' ? maskPhone(channel.value) : maskAddress(channel.value),
                verified: channel.state === 'verified',
                weak,
                shared,
              },
            ],
      ),
    };
  });
}
