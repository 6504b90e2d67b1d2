import { describe } from 'vitest';
import { createTenantDirectory } from '../src/directory/tenant-directory.ts';
import { createTenantHealth } from '../src/health/tenant-health.ts';
import { errorTable, type ErrorRow } from './error-table.ts';
import type { AwkwardRule } from './simulated-tenant.ts';

type Act = ErrorRow['act'];
const probe: Act = (options, credentials) => createTenantHealth(options).probeSignIn(credentials);
const profile: Act = (options, credentials) => createTenantDirectory(options).profile(credentials);

const login = (fault: AwkwardRule['fault'], calls?: readonly number[]): AwkwardRule[] => [
  { service: 'login', fault, ...(calls !== undefined && { calls }) },
];
const refused = (status: number, code: string, message: string) =>
  login({ kind: 'refused', status, code, message });

const SECRET = /^Microsoft refused the sign-in\. .*secret also runs out/;
const CONSENT = /^The application has no admin consent/;

describe('signing in: reference 1.1', () => {
  errorTable([
    {
      row: '1.1 AADSTS7000215, a wrong secret, by the simulator’s own judgement',
      rules: [],
      act: (options, credentials) =>
        probe(options, { ...credentials, proof: { kind: 'secret', secret: 'wrong' } }),
      outcome: 'sign-in-failed',
      asked: ['/token', 1],
      words: SECRET,
    },
    {
      row: '1.1 AADSTS700016, an application that is not in the tenant, by its own judgement',
      rules: [],
      act: (options, credentials) => probe(options, { ...credentials, clientId: 'unknown' }),
      outcome: 'not-consented',
      asked: ['/token', 1],
      words: CONSENT,
    },
    {
      row: '1.1 AADSTS90002, a tenant that nobody knows, by its own judgement',
      rules: [],
      act: (options, credentials) => probe(options, { ...credentials, tenantId: 'nobody.example' }),
      outcome: 'tenant-unknown',
      asked: ['/token', 1],
      words: /^Microsoft does not know this tenant/,
    },
    {
      row: '1.1 AADSTS7000222, the secret has run out',
      rules: refused(
        401,
        'invalid_client',
        'AADSTS7000222: The provided client secret keys are expired.',
      ),
      act: profile,
      outcome: 'sign-in-failed',
      asked: ['/token', 1],
      words: SECRET,
    },
    {
      row: '1.1 AADSTS700027, the certificate is not registered',
      rules: refused(401, 'invalid_client', 'AADSTS700027: The certificate is not registered.'),
      act: profile,
      outcome: 'sign-in-failed',
      asked: ['/token', 1],
      words: SECRET,
    },
    {
      row: '1.1 invalid_client without a number that we know',
      rules: refused(401, 'invalid_client', 'AADSTS7000999: Something new.'),
      act: profile,
      outcome: 'sign-in-failed',
      words: SECRET,
    },
    {
      row: '1.1 unauthorized_client without a number that we know',
      rules: refused(400, 'unauthorized_client', 'AADSTS7000999: Something new.'),
      act: profile,
      outcome: 'not-consented',
      words: CONSENT,
    },
    {
      row: '1.2 AADSTS65001, consent was taken back',
      rules: refused(400, 'invalid_grant', 'AADSTS65001: The administrator has not consented.'),
      act: profile,
      outcome: 'not-consented',
      words: CONSENT,
    },
    {
      row: '429 with Retry-After: waited for',
      rules: login({ kind: 'busy', retryAfterSeconds: 4 }, [1]),
      act: profile,
      outcome: 'fine',
      pauses: [4000],
      asked: ['/token', 2],
    },
    {
      row: '503: asked again, for longer and longer, then given up',
      rules: login({ kind: 'busy', status: 503 }),
      act: profile,
      outcome: 'unavailable',
      pauses: [1000, 2000, 4000, 8000],
      asked: ['/token', 5],
      words: /^Microsoft does not answer properly/,
    },
    {
      row: '503 to a probe: believed at once',
      rules: login({ kind: 'busy', status: 503, retryAfterSeconds: 4 }),
      act: probe,
      outcome: 'unavailable',
      asked: ['/token', 1],
      retryAfter: 4000,
    },
    {
      row: 'a connection that is cut: asked again',
      rules: login({ kind: 'cut', when: 'in-body' }, [1]),
      act: profile,
      outcome: 'fine',
      pauses: [1000],
      asked: ['/token', 2],
    },
    {
      row: 'a connection that is cut, to a probe: nobody was reached',
      rules: login({ kind: 'cut', when: 'before' }),
      act: probe,
      outcome: 'unreachable',
      asked: ['/token', 1],
      words: /^Microsoft could not be reached\. .*network/,
    },
    {
      row: 'a gateway’s page with status 200: no token',
      rules: login({ kind: 'html', status: 200 }),
      act: probe,
      outcome: 'unavailable',
      asked: ['/token', 1],
    },
  ]);
});
