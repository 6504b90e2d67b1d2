import { RoleRefusedError } from '../supervisor/start-refusals.ts';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Configuration } from '../configuration/read-configuration.ts';
import { SETTINGS } from '../configuration/settings.ts';

const ready = z.object({ ready: z.literal(true), controlUrl: z.string() });
const tenant = z.object({
  tenantId: z.string(),
  clientId: z.string(),
  clientSecret: z.string(),
  smsToken: z.string(),
  voiceToken: z.string(),
  smsAnswerToken: z.string(),
  initialDomain: z.string(),
});
export type DemoTenant = z.infer<typeof tenant>;

export interface RunningSimulator {
  readonly controlUrl: string;
  readonly tenant: DemoTenant;
  stop(): Promise<void>;
}

const STOP_PATIENCE = 10_000;

/** The simulator names its own options; whoever runs the product sets these instead. */
const SETTING_OF: Readonly<Record<string, string>> = {
  '--control-port': SETTINGS.simulatorPort.name,
  '--smtp-port': SETTINGS.simulatorSmtpPort.name,
  '--dns-port': SETTINGS.simulatorDnsPort.name,
};

/** The outside world as a process of its own; it shares no code with us, so it is started by its path. */
export async function startSimulatorProcess(
  configuration: Configuration,
  sampleDays: number,
): Promise<RunningSimulator> {
  const entry = join(import.meta.dirname, '..', '..', '..', 'simulator', 'src', 'main.ts');
  const child = spawn(
    process.execPath,
    [
      entry,
      '--control-port',
      String(configuration.simulatorPort),
      '--smtp-port',
      String(configuration.simulatorSmtpPort),
      '--dns-port',
      String(configuration.simulatorDnsPort),
      '--bind',
      '127.0.0.1',
      '--sample-days',
      String(sampleDays),
      // The relay trusts it for the simulated tenant: TLS is verified in the demo as it is outside.
      ...(configuration.applicationCertificate === null
        ? []
        : ['--application-certificate', configuration.applicationCertificate]),
      ...(configuration.relayCa === null ? [] : ['--authority-file', configuration.relayCa]),
    ],
    { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], detached: true },
  );
  const exited = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said = `${said}${chunk.toString('utf8')}`.slice(-2000);
  });
  async function stop(): Promise<void> {
    const kill = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE);
    child.kill('SIGTERM');
    await exited;
    clearTimeout(kill);
  }
  const first = await Promise.race([firstLine(child.stdout), exited.then(() => null)]);
  if (first === null) {
    throw new RoleRefusedError(
      said.trim() === ''
        ? 'The simulator stopped before it was ready.'
        : said.trim().replaceAll(/--[a-z]+-port/g, (option) => SETTING_OF[option] ?? option),
    );
  }
  try {
    const { controlUrl } = ready.parse(JSON.parse(first));
    const answer = await fetch(`${controlUrl}/control/tenant`);
    return { controlUrl, tenant: tenant.parse(await answer.json()), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Answers to text messages go to the portal: without one set there, the simulated telephones are mute. */
export async function takeSmsAnswers(
  simulator: RunningSimulator,
  portalUrl: string,
): Promise<void> {
  await fetch(`${simulator.controlUrl}/control/sms/webhook`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      url: `${portalUrl.replace(/\/$/, '')}/sms/inbound`,
      token: simulator.tenant.smsAnswerToken,
    }),
  });
}

async function firstLine(stream: NodeJS.ReadableStream | null): Promise<string | null> {
  if (stream === null) return null;
  for await (const line of createInterface({ input: stream })) {
    stream.resume();
    return line;
  }
  return null;
}
