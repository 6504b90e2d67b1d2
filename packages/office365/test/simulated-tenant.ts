import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Log, TenantCredentials } from '@holdfast/application';
import type { TenantAdapterOptions } from '../src/http/options.ts';
import { contractFaults, type GraphCall } from './graph-contract.ts';

/** A process of its own, as everywhere: the simulator shares no code with what it is tried with. */
const SIMULATOR = fileURLToPath(new URL('../../../apps/simulator/src/main.ts', import.meta.url));

interface Facts {
  readonly controlUrl: string;
  readonly loginBase: string;
  readonly graphBase: string;
  readonly exchangeBase: string;
}

/** What happens to calls, as the simulator's control address takes it. */
export interface AwkwardRule {
  readonly service?: 'login' | 'graph' | 'exchange' | 'upload';
  readonly method?: string;
  readonly path?: string;
  readonly cmdlet?: string;
  readonly calls?: readonly number[];
  readonly fault: Readonly<Record<string, unknown>> & { readonly kind: string };
}

export interface SimulatedTenant extends AsyncDisposable {
  readonly credentials: TenantCredentials;
  readonly options: TenantAdapterOptions;
  /** Pauses that the adapters have asked for; none of them was waited for. */
  readonly pauses: number[];
  /** What was called: service, method and path of each. */
  readonly asked: string[];
  control<T>(path: string, body?: object): Promise<T>;
  /** Good weather but for these; forgets pauses and what was called. */
  awkward(...rules: readonly AwkwardRule[]): Promise<void>;
  /** What did not fit Microsoft's description, by our own reading and by the simulator's. */
  faults(): Promise<readonly string[]>;
}

const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silent,
};

export async function startSimulatedTenant(...args: readonly string[]): Promise<SimulatedTenant> {
  const ports = ['--control-port', '0', '--smtp-port', '0', '--dns-port', '0'];
  const child = spawn(process.execPath, [SIMULATOR, ...ports, '--sample-days', '0', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const takeAlong = (): void => void child.kill();
  process.once('exit', takeAlong);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const facts = JSON.parse(line.toString('utf8')) as Facts;
  const recorded: string[] = [];
  const pauses: number[] = [];
  const asked: string[] = [];
  let waited = 0;

  async function control<T>(path: string, body?: object): Promise<T> {
    const response = await fetch(`${facts.controlUrl}/control${path}`, {
      ...(body !== undefined && {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    const answer = (await response.json()) as T;
    if (!response.ok) throw new Error(`The simulator: ${JSON.stringify(answer)}`);
    return answer;
  }

  const { tenantId, clientId, clientSecret } = await control<{
    readonly tenantId: string;
    readonly clientId: string;
    readonly clientSecret: string;
  }>('/tenant');
  const { loginBase, graphBase, exchangeBase } = facts;
  return {
    credentials: { tenantId, clientId, proof: { kind: 'secret', secret: clientSecret } },
    options: {
      loginBase,
      graphBase,
      exchangeBase,
      fetch: async (input, init) => {
        const url = new URL(input instanceof Request ? input.url : input);
        asked.push(`${init?.method ?? 'GET'} ${url.pathname}`);
        const response = await fetch(input, init);
        const isJson = response.headers.get('content-type')?.includes('json') === true;
        const answer = isJson ? await answerOf(response.clone()) : undefined;
        recorded.push(...faultsOf(graphBase, url, init, answer));
        return response;
      },
      clock: { now: () => Date.now() + waited },
      log: silent,
      wait: async (milliseconds) => {
        pauses.push(milliseconds);
        waited += milliseconds;
      },
    },
    pauses,
    asked,
    control,
    awkward: async (...rules) => {
      pauses.length = 0;
      asked.length = 0;
      await control('/awkwardness', { rules });
    },
    faults: async () => {
      const { faults } = await control<{
        readonly faults: readonly { readonly operation: string; readonly fault: string }[];
      }>('/contract');
      return [...recorded, ...faults.map(({ operation, fault }) => `${operation}: ${fault}`)];
    },
    [Symbol.asyncDispose]: async () => {
      process.off('exit', takeAlong);
      if (child.exitCode !== null) return;
      child.kill();
      await once(child, 'exit');
    },
  };
}

/** Undefined for what was cut on its way. */
async function answerOf(response: Response): Promise<GraphCall['answer']> {
  try {
    return { status: response.status, body: await response.json() };
  } catch {
    return undefined;
  }
}

function faultsOf(
  graphBase: string,
  url: URL,
  init: RequestInit | undefined,
  answer: GraphCall['answer'],
): readonly string[] {
  const root = new URL(graphBase);
  if (url.origin !== root.origin || !url.pathname.startsWith(`${root.pathname}/`)) return [];
  const { body } = init ?? {};
  return contractFaults({
    method: init?.method ?? 'GET',
    path: decodeURIComponent(url.pathname.slice(root.pathname.length)),
    query: url.searchParams,
    headers: Object.fromEntries(new Headers(init?.headers)),
    body: typeof body === 'string' ? JSON.parse(body) : null,
    ...(answer !== undefined && { answer }),
  });
}
