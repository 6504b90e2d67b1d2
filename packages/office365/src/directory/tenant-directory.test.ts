import { afterEach, describe, expect, it } from 'vitest';
import { failure, noExchange, tenant } from '../../test/contoso.ts';
import {
  credentials,
  startMicrosoft,
  type Script,
  type ScriptedMicrosoft,
} from '../../test/scripted-microsoft.ts';
import { createTenantDirectory } from './tenant-directory.ts';

const open: ScriptedMicrosoft[] = [];

afterEach(async () => {
  for (const started of open.splice(0)) await started[Symbol.asyncDispose]();
});

async function microsoft(script: Script): Promise<ScriptedMicrosoft> {
  const started = await startMicrosoft(script);
  open.push(started);
  return started;
}

describe('domains', () => {
  const route = [
    { exchange: 'contoso-example.mail.protection.outlook.com', preference: 0 },
    { exchange: 'b.mx.microsoft', preference: 20 },
  ];
  const named = (name: string, change: object = {}) => ({
    name,
    isInitial: false,
    isVerified: true,
    carriesMail: true,
    mx: [],
    mailType: null,
    ...change,
  });
  const accepted =
    (DomainType: string): Script =>
    ({ service }) =>
      service === 'exchange'
        ? { json: { value: [{ DomainName: 'Contoso.example', DomainType }] } }
        : undefined;

  it('come with the routes that Graph names for them, which are in no pattern', async () => {
    const { options } = await microsoft(tenant(noExchange));
    expect(await createTenantDirectory(options).domains(credentials)).toEqual([
      named('contoso.onmicrosoft.com', { isInitial: true }),
      named('contoso.example', { mx: route }),
      named('web.example', { carriesMail: false }),
      named('new.example', { isVerified: false }),
    ]);
  });

  it.each([
    ['Authoritative', 'authoritative'],
    ['InternalRelay', 'internal-relay'],
    ['ExternalRelay', 'external-relay'],
    ['SomethingNew', null],
  ])('that Exchange calls %s are %s', async (word, mailType) => {
    const { options } = await microsoft(tenant(accepted(word)));
    const domains = await createTenantDirectory(options).domains(credentials);
    expect(domains.find(({ name }) => name === 'contoso.example')?.mailType).toBe(mailType);
  });

  it('an Exchange that is busy is a failure, and no domain of unknown type', async () => {
    const { options } = await microsoft(
      tenant(({ service }) => (service === 'exchange' ? { status: 500 } : undefined)),
    );
    const read = createTenantDirectory(options).domains(credentials);
    expect(await failure(read)).toMatchObject({ code: 'unavailable' });
  });
});
