import type { Clock, Log, TenantCredentials } from '@holdfast/application';
import { createExchangeAdministration } from '@holdfast/office365';
import { z } from 'zod';
import { readConfiguration } from '../../configuration/read-configuration.ts';
import { startSimulatorProcess } from '../../demo/simulator-process.ts';
import type { Value } from './powershell/run.ts';

const token = z.object({ access_token: z.string() });
const answer = z.object({ value: z.array(z.unknown()) });

/** The simulated Office 365 in a process of its own: it shares no code with the adapters that it stands opposite. */
export interface Simulator extends AsyncDisposable {
  readonly credentials: TenantCredentials;
  /** The adapter under test, pointed at it. */
  readonly exchange: ReturnType<typeof createExchangeAdministration>;
  /** What an administrator runs there. */
  cmdlet(name: string, parameters: Readonly<Record<string, unknown>>): Promise<Value[]>;
  /** Steers the outside world, or looks into it. */
  control(path: string, body?: object): Promise<unknown>;
}

const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silent,
};

export async function startSimulator(): Promise<Simulator> {
  const ports = { simulatorPort: 0, simulatorSmtpPort: 0, simulatorDnsPort: 0 };
  const running = await startSimulatorProcess({ ...readConfiguration({}), ...ports }, 0);
  const { controlUrl: base, tenant } = running;
  const clock: Clock = { now: () => Date.now() };
  const exchangeBase = `${base}/exchange`;
  const bearer = await signIn(base, tenant);
  return {
    credentials: {
      tenantId: tenant.tenantId,
      clientId: tenant.clientId,
      proof: { kind: 'secret', secret: tenant.clientSecret },
    },
    exchange: createExchangeAdministration({
      loginBase: `${base}/login`,
      graphBase: `${base}/graph/v1.0`,
      exchangeBase,
      clock,
      log: silent,
    }),
    async cmdlet(name, parameters) {
      const url = `${exchangeBase}/adminapi/beta/${tenant.tenantId}/InvokeCommand`;
      const found: Value[] = [];
      let next: string | undefined = url;
      while (next !== undefined) {
        const response: Response = await fetch(next, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${bearer}`,
            'content-type': 'application/json',
            'x-anchormailbox': `UPN:admin@${tenant.initialDomain}`,
          },
          body: JSON.stringify({ CmdletInput: { CmdletName: name, Parameters: parameters } }),
        });
        const text = await response.text();
        if (!response.ok) throw new Error(`${name}: ${text}`);
        found.push(...(answer.parse(JSON.parse(text)).value as Value[]));
        const link: unknown = JSON.parse(text)['@odata.nextLink'];
        next = typeof link === 'string' ? link : undefined;
      }
      return found;
    },
    async control(path, body) {
      const headers = { 'content-type': 'application/json' };
      const post = { method: 'POST', headers, body: JSON.stringify(body) };
      const response = await fetch(`${base}/control${path}`, body === undefined ? {} : post);
      return response.json();
    },
    [Symbol.asyncDispose]: () => running.stop(),
  };
}

async function signIn(
  base: string,
  tenant: { readonly tenantId: string; readonly clientId: string; readonly clientSecret: string },
): Promise<string> {
  const response = await fetch(`${base}/login/${tenant.tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: tenant.clientId,
      client_secret: tenant.clientSecret,
      scope: 'https://outlook.office365.com/.default',
    }),
  });
  return token.parse(await response.json()).access_token;
}
