import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bootInstalled } from './src/prepared-demo.ts';
import type { Product } from './src/product.ts';
import { reportLogsOfFailures } from './src/report-logs.ts';

const DOMAIN = 'contoso.example';
const TTL = 300;
const POLICY = (mx: string): string =>
  `version: STSv1\nmode: enforce\nmx: ${mx}\nmax_age: 604800\n`;

interface DomainAnswer {
  readonly state: string;
  readonly ttl: number | null;
  readonly oldMxUntil: string | null;
  readonly checks: readonly {
    readonly check: string;
    readonly result: string;
    readonly findings: readonly { readonly code: string; readonly subject: string | null }[];
  }[];
  readonly alerts: readonly { readonly kind: string; readonly title: string }[];
}

describe('The DNS of a domain', () => {
  let product: Product;
  let records: readonly { readonly exchange: string; readonly preference: number }[];
  reportLogsOfFailures(() => product);

  beforeAll(async () => {
    product = await bootInstalled();
    const sets = await product.world.dns();
    records = sets.find(({ name, type }) => name === DOMAIN && type === 'MX')?.values ?? [];
  });
  afterAll(async () => {
    await product.stop();
  });

  async function look(): Promise<DomainAnswer & { readonly exit: number | null }> {
    const { exit, stdout, stderr } = await product.holdfast('domain', 'check', DOMAIN, '--json');
    const [answer] = JSON.parse(stdout === '' ? '[]' : stdout) as readonly DomainAnswer[];
    if (answer === undefined) throw new Error(`No answer: ${stderr}`);
    return { ...answer, exit };
  }

  const codes = (answer: DomainAnswer, check: string): readonly string[] =>
    answer.checks.find((one) => one.check === check)?.findings.map(({ code }) => code) ?? [];

  test('is asked live, and what is right is said to be right', async () => {
    const answer = await look();
    expect(answer).toMatchObject({ exit: 0, state: 'correct', alerts: [] });
    expect(codes(answer, 'mx')).toEqual(['mx-here']);
    expect(codes(answer, 'dkim')).toEqual(['dkim-published']);
    expect(codes(answer, 'mta-sts')).toEqual(['sts-absent']);
    expect(codes(answer, 'dane')).toEqual(['dane-absent']);
  });

  test('that changes behind our back is an alert, with how long the old record lives on', async () => {
    const tenant = { exchange: 'contoso-example.mail.protection.outlook.com', preference: 50 };
    await product.world.pointMx(DOMAIN, [...records, tenant], TTL);
    const answer = await look();
    expect(answer).toMatchObject({ exit: 1, state: 'drifted', ttl: TTL });
    expect(codes(answer, 'mx')).toContain('mx-office365-left');
    expect(answer.alerts.map(({ kind }) => kind)).toEqual(['mx-second']);
    expect(answer.oldMxUntil).not.toBeNull();
    await product.world.pointMx(DOMAIN, records, TTL);
    expect(await look()).toMatchObject({ state: 'correct', alerts: [] });
  });

  test('whose server fails or is silent proves nothing', async () => {
    for (const fault of ['servfail', 'refused'] as const) {
      await product.world.failDns(DOMAIN, fault);
      const answer = await look();
      expect(answer).toMatchObject({ state: 'correct', alerts: [] });
      expect(codes(answer, 'mx')).toEqual(['mx-silent']);
    }
    await product.world.failDns(DOMAIN, null);
    expect(codes(await look(), 'mx')).toEqual(['mx-here']);
  });

  test('and its policy for senders are read together: without our hosts they would refuse us', async () => {
    await product.world.setText(`_mta-sts.${DOMAIN}`, ['v=STSv1; id=20261125']);
    await product.world.publishPolicy(DOMAIN, POLICY('*.mail.protection.outlook.com'));
    const without = await look();
    expect(codes(without, 'mta-sts')).toContain('sts-without-us');
    expect(without.alerts.map(({ kind }) => kind)).toEqual(['sts-without-us']);
    await product.world.publishPolicy(DOMAIN, POLICY('*.holdfast.example'), '/elsewhere');
    expect(codes(await look(), 'mta-sts')).toEqual(['sts-redirect']);
    await product.world.publishPolicy(DOMAIN, POLICY('*.holdfast.example'));
    const mended = await look();
    expect(codes(mended, 'mta-sts')).toContain('sts-enforced');
    expect(mended.alerts).toEqual([]);
  });
});
