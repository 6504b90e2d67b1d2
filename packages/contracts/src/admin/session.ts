import { z } from 'zod';
import type { AdminDuty, AdministratorRole } from '@holdfast/domain';
import { newPassword, type IsoInstant } from '../words.ts';

export const signInInput = z.object({
  email: z.string().trim().min(3, 'Enter your email address.').max(254),
  password: z.string().min(1, 'Enter your password.').max(256),
});
export const setUpInput = z.object({
  token: z.string().min(20).max(200),
  organisation: z.string().trim().min(1, 'Enter the name of your organisation.').max(120),
  name: z.string().trim().min(1, 'Enter your name.').max(120),
  email: z.email('Enter an email address, such as nora.wind@posteo.example.'),
  password: newPassword,
});

export const joinInput = z.object({ token: z.string().min(20).max(200), password: newPassword });

export interface AdminSession {
  readonly administrator: {
    readonly email: string;
    readonly name: string;
    readonly role: AdministratorRole;
    /** What the role includes: pages and buttons of the rest are not shown. */
    readonly duties: readonly AdminDuty[];
  };
  readonly organisation: {
    readonly id: string;
    readonly name: string;
    readonly installed: boolean;
    readonly connected: boolean;
  };
  readonly plan: { readonly name: string; readonly continuity: boolean; readonly seats: number };
  /** Shown in the frame: an active event owns the colour of every page. */
  readonly event: { readonly phase: 'active' | 'recovering'; readonly since: IsoInstant } | null;
  /** The oldest drill that runs: a striped bar on every page says so. */
  readonly drill: { readonly id: string; readonly endsAt: IsoInstant } | null;
  /** The demo says so on every page. */
  readonly demo: boolean;
}
