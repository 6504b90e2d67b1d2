import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';

/** Binds the seal: of the installation as a whole, not of an organisation. */
const CONTEXT = 'push-keys';

export interface PushKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

export function refuseWithoutPush(ports: Pick<Ports, 'settings'>): void {
  if (ports.settings.push) return;
  throw new Refusal(
    'push.unavailable',
    'This installation sends no messages to devices. New mail is shown when you open the mailbox.',
  );
}

/** The keys of this installation, made with the first question; of two at once, those that were stored first. */
export async function pushKeys(
  ports: Pick<Ports, 'database' | 'push' | 'secrets' | 'clock'>,
): Promise<PushKeys> {
  const read = () => ports.database.acrossOrganisations((system) => system.pushKeys());
  const known = await read();
  if (known !== null) return opened(ports, known);
  const { publicKey, privateKey } = await ports.push.createKeys();
  await ports.database.acrossOrganisations((system) =>
    system.savePushKeys({
      publicKey,
      sealedPrivateKey: ports.secrets.seal(privateKey, CONTEXT),
      madeAt: ports.clock.now(),
    }),
  );
  const made = await read();
  if (made === null) throw new Error('the keys for push services could not be kept');
  return opened(ports, made);
}

function opened(
  ports: Pick<Ports, 'secrets'>,
  { publicKey, sealedPrivateKey }: { publicKey: string; sealedPrivateKey: string },
): PushKeys {
  return { publicKey, privateKey: ports.secrets.open(sealedPrivateKey, CONTEXT) };
}
