import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const demoFacts = z.object({
  adminUrl: z.string(),
  portalUrl: z.string(),
  adminEmail: z.string(),
  adminPassword: z.string(),
  mxPort: z.int(),
  simulatorUrl: z.string(),
});
export type DemoFacts = z.infer<typeof demoFacts>;

export const DEMO_ADMINISTRATOR = { email: 'admin@contoso.example', name: 'Adele Vance' } as const;

/** The password of the first sign-in: made at the first start and kept, since its hash is in the database. */
export function demoPassword(file: string): string {
  try {
    return demoFacts.parse(JSON.parse(readFileSync(file, 'utf8'))).adminPassword;
  } catch {
    return `holdfast-${randomBytes(6)
      .toString('base64url')
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '7')}`;
  }
}

/** Facts for scripts. Written before anything is seeded with the password, and again when all is up. */
export function writeDemoFacts(file: string, facts: DemoFacts): void {
  writeFileSync(`${file}.tmp`, `${JSON.stringify(facts, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.tmp`, file);
}
