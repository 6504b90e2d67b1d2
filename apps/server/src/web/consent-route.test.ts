import { Router } from 'express';
import express from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { consentRoute } from './consent-route.ts';
import { serve, type ServedSite } from './testing/serve.ts';

let site: ServedSite;
beforeAll(async () => {
  const routes = Router();
  routes.get('/m365/consent', consentRoute);
  site = await serve(express().use(routes));
});
afterAll(() => site.close());

async function answered(query: string): Promise<URLSearchParams> {
  const response = await site.request(`/m365/consent?${query}`);
  expect(response.status).toBe(303);
  expect(response.headers.get('cache-control')).toBe('no-store');
  const [path, fragment = ''] = (response.headers.get('location') ?? '').split('#');
  expect(path).toBe('/connection/consent');
  return new URLSearchParams(fragment);
}

describe('where Entra ID sends an administrator', () => {
  test('hands what it was told to the console, behind the #', async () => {
    const given = { admin_consent: 'True', tenant: 'a-tenant', state: 'a-state', scope: 'x' };
    expect(Object.fromEntries(await answered(String(new URLSearchParams(given))))).toEqual({
      admin_consent: 'True',
      tenant: 'a-tenant',
      state: 'a-state',
    });
  });

  test('takes no parameter twice, none that it does not know and none without end', async () => {
    const long = 'x'.repeat(10_000);
    const known = await answered(`state=a&state=b&next=//evil.example&error=${long}`);
    expect([...known.keys()]).toEqual(['error']);
    expect(known.get('error')).toHaveLength(200);
  });

  test('cannot be made to send anybody elsewhere', async () => {
    const known = await answered(`state=${encodeURIComponent('\r\nLocation: //evil.example')}`);
    expect(known.get('state')).toBe('\r\nLocation: //evil.example');
  });
});
