import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LiveDns } from '@holdfast/application';
import { settleAnswers } from '@holdfast/domain';
import { describe, expect, test } from 'vitest';
import { testCertificate } from '../testing/certificate.ts';
import { createOwnCertificates } from './own-certificate.ts';
import { createPolicyHost, isInside } from './policy-host.ts';

const POLICY = 'version: STSv1\r\nmode: enforce\r\nmx: mx1.holdfast.example\r\nmax_age: 604800\r\n';

const nobody: LiveDns = { ask: async () => settleAnswers([]) };

async function fetched(listener: RequestListener, timeoutMs = 2000) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    const base = `http://127.0.0.1:${port}/mta-sts`;
    return await createPolicyHost({ base, dns: nobody, timeoutMs }).fetch('contoso.example');
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

const serve =
  (text: string, type = 'text/plain', status = 200): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': type }).end(text);
  };

describe('a policy file', () => {
  test('is fetched from its well-known place and read', async () => {
    const asked: (string | undefined)[] = [];
    const result = await fetched((request, response) => {
      asked.push(request.url);
      serve(POLICY)(request, response);
    });
    expect(result).toEqual({
      ok: true,
      policy: { mode: 'enforce', maxAge: 604_800, mx: ['mx1.holdfast.example'] },
    });
    expect(asked).toEqual(['/mta-sts/contoso.example/.well-known/mta-sts.txt']);
  });

  test('is not taken from where a redirect leads', async () => {
    const result = await fetched((_request, response) => {
      response.writeHead(302, { location: 'https://elsewhere.example/' }).end();
    });
    expect(result).toEqual({
      ok: false,
      failure: 'redirect',
      detail: 'HTTP 302 to https://elsewhere.example/',
    });
  });

  test.each([
    ['too long', serve(POLICY + 'x'.repeat(70_000)), 'unreadable'],
    ['of another type', serve(POLICY, 'text/html'), 'unreadable'],
    ['without a mode', serve('version: STSv1\nmax_age: 1\n'), 'unreadable'],
    ['missing', serve('', 'text/plain', 404), 'unreachable'],
  ] as const)('is not taken when it is %s', async (_what, listener, failure) => {
    expect(await fetched(listener)).toMatchObject({ ok: false, failure });
  });

  test('is given up when it does not come in time', async () => {
    expect(await fetched(() => undefined, 50)).toMatchObject({ ok: false, failure: 'unreachable' });
  });

  test('is not looked for inside our own network, nor where no address is', async () => {
    const inside: LiveDns = {
      ask: async (_name, type) =>
        settleAnswers([
          {
            resolver: '192.0.2.53',
            outcome: type === 'A' ? 'found' : 'absent',
            values: (type === 'A' ? ['127.0.0.1'] : []) as never[],
            ttl: 300,
            aliases: [],
            authoritative: false,
            authenticated: false,
            detail: null,
          },
        ]),
    };
    for (const dns of [inside, nobody]) {
      const host = createPolicyHost({ base: null, dns, timeoutMs: 500 });
      expect(await host.fetch('contoso.example')).toMatchObject({ failure: 'unreachable' });
    }
    expect(['10.1.2.3', '::1', 'fd00::1', '169.254.169.254'].every(isInside)).toBe(true);
    expect(['203.0.113.1', '2001:db8::1'].some(isInside)).toBe(false);
  });
});

test('our certificate is read with its names, its end and the digests that TLSA records hold', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-certificate-'));
  try {
    const file = join(directory, 'mx.pem');
    writeFileSync(file, testCertificate.cert);
    const own = await createOwnCertificates(file).read();
    expect(own).toMatchObject({ selfSigned: true, names: [], chain: [] });
    // openssl x509 -outform der | openssl dgst -sha256
    expect(own?.leaf['0/1']).toBe(
      '47b23968fbbc35e8dd7ae535f42993b0c54b0f4e10f94e718bc9e4ce1f5f400d',
    );
    expect(Object.keys(own?.leaf ?? {})).toHaveLength(6);
    expect(await createOwnCertificates(join(directory, 'none.pem')).read()).toBeNull();
  } finally {
    rmSync(directory, { recursive: true });
  }
});
