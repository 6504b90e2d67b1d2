import { readFileSync, writeFileSync } from 'node:fs';
import type { DataPaths } from '../composition/data-directory.ts';

/** Unit: milliseconds. */
const VALID_FOR = 2 * 365 * 86_400_000;
const RENEW_BEFORE = 60 * 86_400_000;

/** Client ids under which the simulated Entra ID knows Holdfast's applications, and what each asks for. */
export const DEMO_APPLICATIONS = [
  'read=5d1c7b90-2f64-4b0a-9c38-71e6a4d0b222',
  'read+configure=5d1c7b90-2f64-4b0a-9c38-71e6a4d0b333',
  'read+configure+mailbox=5d1c7b90-2f64-4b0a-9c38-71e6a4d0b444',
] as const;

/** The certificate by which the demo's applications sign in: made once and kept, since the simulator registers it. */
export async function ensureDemoApplication(paths: DataPaths): Promise<void> {
  // An adapter: loaded when it is needed, so that --help answers at once.
  const { createApplicationCertificates } = await import('@holdfast/office365');
  const certificates = createApplicationCertificates({ now: () => Date.now() });
  const reading = certificates.read({
    privateKey: contentOf(paths.demoApplicationKey),
    certificate: contentOf(paths.demoApplication),
  });
  if (reading.ok && reading.facts.notAfter - Date.now() > RENEW_BEFORE) return;
  const made = await certificates.create('Holdfast demo', Date.now() + VALID_FOR);
  writeFileSync(paths.demoApplicationKey, made.privateKey, { mode: 0o600 });
  writeFileSync(paths.demoApplication, made.certificate, { mode: 0o600 });
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
