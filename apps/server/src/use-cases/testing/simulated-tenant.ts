import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A process of its own, as everywhere: the simulator shares no code with what it is tried with. */
const SIMULATOR = fileURLToPath(new URL('../../../../simulator/src/main.ts', import.meta.url));

/** An object of the simulated tenant, as its control address tells it. */
export type SimulatedObject =
  | {
      readonly type: 'user';
      readonly id: string;
      readonly purpose: 'user' | 'shared' | 'room' | 'equipment' | 'guest' | 'none';
      readonly displayName: string;
      readonly addresses: readonly string[];
      readonly accountEnabled: boolean;
      readonly licence: string;
      readonly mobilePhone: string | null;
      readonly preferredLanguage: string | null;
    }
  | {
      readonly type: 'group';
      readonly id: string;
      readonly kind: 'distribution' | 'security' | 'unified' | 'dynamic';
      readonly displayName: string;
      readonly addresses: readonly string[];
      readonly members: readonly string[];
      readonly closed?: string;
    }
  | {
      readonly type: 'contact';
      readonly id: string;
      readonly displayName: string;
      readonly externalAddress: string;
      readonly addresses: readonly string[];
    }
  | {
      readonly type: 'publicFolder';
      readonly id: string;
      readonly displayName: string;
      readonly addresses: readonly string[];
    };

interface TenantFacts {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface SimulatedTenant extends AsyncDisposable {
  readonly facts: TenantFacts;
  readonly bases: {
    readonly loginBase: string;
    readonly graphBase: string;
    readonly exchangeBase: string;
  };
  control<T>(path: string, body?: object): Promise<T>;
  /** Everything that the tenant has at this moment. */
  objects(): Promise<readonly SimulatedObject[]>;
}

export async function startSimulatedTenant(users: number): Promise<SimulatedTenant> {
  const ports = ['--control-port', '0', '--smtp-port', '0', '--dns-port', '0'];
  const child = spawn(process.execPath, [SIMULATOR, ...ports, '--sample-days', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const takeAlong = (): void => void child.kill();
  process.once('exit', takeAlong);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const { controlUrl, ...bases } = JSON.parse(line.toString('utf8')) as {
    readonly controlUrl: string;
  } & SimulatedTenant['bases'];

  async function ask(path: string, body?: object): Promise<Response> {
    const response = await fetch(`${controlUrl}/control${path}`, {
      ...(body !== undefined && {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    if (!response.ok) throw new Error(`The simulator: ${await response.text()}`);
    return response;
  }
  const control = async <T>(path: string, body?: object): Promise<T> =>
    (await (await ask(path, body)).json()) as T;

  if (users > 0) await control('/tenant/grow', { users });
  return {
    facts: await control<TenantFacts>('/tenant'),
    bases,
    control,
    objects: async () => {
      const text = await (await ask('/directory')).text();
      return text
        .split('\n')
        .filter((entry) => entry !== '')
        .map((entry) => JSON.parse(entry) as SimulatedObject);
    },
    [Symbol.asyncDispose]: async () => {
      process.off('exit', takeAlong);
      if (child.exitCode !== null) return;
      child.kill();
      await once(child, 'exit');
    },
  };
}
