import { setTimeout as pause } from 'node:timers/promises';
import type postgres from 'postgres';

const ROLES = ['holdfast_app', 'holdfast_system'] as const;
/** Roles belong to the cluster: databases that migrate side by side may collide on them this often. */
const ATTEMPTS = 10;
/** Milliseconds. */
const RETRY_AFTER = 50;

/**
 * Makes the roles of the running product where they are missing, and lets the current user take them.
 *
 * @throws when the user may neither create roles nor take the existing ones; the message says what to run.
 */
export async function ensureRoles(sql: postgres.Sql): Promise<void> {
  for (const role of ROLES) {
    for (let attempt = 1; !(await canTake(sql, role)); attempt += 1) {
      try {
        await sql.unsafe(`
          do $$ begin
            if not exists (select from pg_roles where rolname = '${role}') then create role ${role} nologin; end if;
            if not pg_has_role(current_user, '${role}', 'member') then grant ${role} to current_user; end if;
          end $$`);
      } catch (error) {
        // Another database of the cluster did the same at the same moment: look again.
        if (attempt === ATTEMPTS) throw cannotTake(role, error);
        await pause(RETRY_AFTER);
      }
    }
  }
}

async function canTake(sql: postgres.Sql, role: string): Promise<boolean> {
  const [row] = await sql`
    select from pg_roles where rolname = ${role} and pg_has_role(current_user, oid, 'member')`;
  return row !== undefined;
}

function cannotTake(role: string, cause: unknown): Error {
  return new Error(
    `The database user can neither create the role ${role} nor take it. As a database administrator run: ` +
      `create role ${role} nologin; grant ${role} to <the user in DATABASE_URL>;`,
    { cause },
  );
}
