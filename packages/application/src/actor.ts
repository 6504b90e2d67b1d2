import type { AdministratorRole } from '@holdfast/domain';

/** Who acts, for scope and for the audit log. */
export type Actor =
  | {
      readonly kind: 'administrator';
      readonly organisationId: string;
      readonly administratorId: string;
      readonly email: string;
      readonly role: AdministratorRole;
      readonly ip: string | null;
    }
  | {
      readonly kind: 'user';
      readonly organisationId: string;
      readonly userId: string;
      readonly sessionId: string;
      readonly ip: string | null;
    }
  | { readonly kind: 'command-line'; readonly organisationId: string }
  | { readonly kind: 'system'; readonly organisationId: string };

/** The audit log's word for an actor. */
export function actorName(actor: Actor): string {
  switch (actor.kind) {
    case 'administrator':
      return actor.email;
    case 'user':
      return `user:${actor.userId}`;
    case 'command-line':
    case 'system':
      return actor.kind;
  }
}

export type CommandActor = Extract<Actor, { kind: 'command-line' }>;
