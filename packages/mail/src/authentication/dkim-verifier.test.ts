import { expect, test } from 'vitest';
import type { DkimReport } from './dkim-report.ts';
import { createDkimVerifier, SIGN_OF_LIFE, type DkimVerifier } from './dkim-verifier.ts';

const SIGNED =
  'DKIM-Signature: v=1; a=rsa-sha256; d=outside.example; s=one; h=from; bh=x; b=x\r\n' +
  'From: <alex@outside.example>\r\n';

async function verify(verifier: DkimVerifier): Promise<DkimReport> {
  const job = verifier.begin();
  void job.take(Buffer.from(`${SIGNED}\r\nbody\r\n`));
  return await job.finish();
}

test('a thread that gives no sign of life is replaced', async () => {
  const verifier = createDkimVerifier({ servers: ['127.0.0.1:9'], timeoutMs: 100 });
  try {
    await verify(verifier);
    const stuck = verifier.begin();
    // What mailauth takes long to join; messages like this are kept from it.
    void stuck.take(Buffer.from(`${SIGNED}X: x\r\n${' x\r\n'.repeat(100_000)}\r\nbody\r\n`));
    const lost = stuck.finish();
    // As messages run over their budget: the thread hangs a moment after it took this one.
    const overruns = setInterval(() => verifier.suspect(), 50);
    await expect(lost).rejects.toThrow('gives no sign of life');
    clearInterval(overruns);
    expect(await verify(verifier)).toMatchObject({
      authors: ['alex@outside.example'],
      findings: [{ domain: 'outside.example', result: 'neutral' }],
    });
  } finally {
    await verifier.close();
  }
}, 20_000);

test('a thread that is asked and answers stays', async () => {
  const verifier = createDkimVerifier({ servers: ['127.0.0.1:9'], timeoutMs: 100 });
  try {
    await verify(verifier);
    const jobs = Array.from({ length: 20 }, () => verifier.begin());
    for (const job of jobs) void job.take(Buffer.from(`${SIGNED}\r\nbody\r\n`));
    const reports = jobs.map((job) => job.finish());
    verifier.suspect();
    expect((await Promise.all(reports)).map(({ findings }) => findings.length)).toEqual(
      Array.from({ length: 20 }, () => 1),
    );
  } finally {
    await verifier.close();
  }
});

test('a thread whose answer came while this one stood still stays', async () => {
  const verifier = createDkimVerifier({ servers: ['127.0.0.1:9'], timeoutMs: 100 });
  try {
    await verify(verifier);
    const job = verifier.begin();
    void job.take(Buffer.from(`${SIGNED}\r\nbody\r\n`));
    // From here the loop goes to its timers first, and to what was said after them.
    await new Promise<void>((resolve) => void setImmediate(resolve));
    verifier.suspect();
    // Nobody wakes it.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, SIGN_OF_LIFE + 500);
    expect((await job.finish()).findings).toHaveLength(1);
  } finally {
    await verifier.close();
  }
});
