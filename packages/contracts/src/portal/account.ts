import { z } from 'zod';
import type { ChannelKind, SignInMethod } from '@holdfast/domain';
import { uuid, type IsoInstant } from '../words.ts';

/** What a browser makes of a passkey, as JSON; the library on the server checks its fields. Unit of lengths: characters. */
export const passkeyAnswer = z.looseObject({
  id: z.string().max(1400),
  response: z.looseObject({ clientDataJSON: z.string().max(4000) }),
});
export const passkeyAnswerInput = z.object({ answer: passkeyAnswer });
export const removePasskeyInput = z.object({ passkeyId: uuid });
export const endDevicesInput = z.object({ device: z.union([uuid, z.literal('others')]) });

export interface AccountView {
  readonly login: string;
  /** To write down: where the portal is. */
  readonly portalUrl: string;
  readonly method: SignInMethod;
  readonly hasPassword: boolean;
  readonly passkeys: readonly {
    readonly id: string;
    readonly device: string;
    readonly madeAt: IsoInstant;
    readonly lastUsedAt: IsoInstant | null;
  }[];
  readonly recoveryCodes: { readonly left: number; readonly madeAt: IsoInstant | null };
  readonly devices: readonly {
    readonly id: string;
    readonly device: string;
    readonly method: SignInMethod;
    readonly network: string | null;
    readonly since: IsoInstant;
    readonly lastSeenAt: IsoInstant;
    readonly current: boolean;
  }[];
  readonly channels: readonly {
    readonly kind: ChannelKind;
    /** `••42`, `m••••@posteo.example`. */
    readonly masked: string;
    readonly verified: boolean;
    readonly weak: boolean;
    readonly shared: boolean;
  }[];
}
