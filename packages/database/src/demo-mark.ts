import { connect } from './connect.ts';
import { translateFailure } from './failures.ts';

const DEMO = 'demo';

/** The demo runs only on a database that carries this mark: it makes up people and loses mail on purpose. */
export async function isMarkedAsDemo(url: string): Promise<boolean> {
  return withMarks(url, async (sql) => {
    const rows = await sql`select from installation_marks where name = ${DEMO}`;
    return rows.length > 0;
  });
}

export async function markAsDemo(url: string): Promise<void> {
  await withMarks(url, async (sql) => {
    await sql`insert into installation_marks (name) values (${DEMO}) on conflict do nothing`;
  });
}

async function withMarks<T>(
  url: string,
  work: (sql: ReturnType<typeof connect>) => Promise<T>,
): Promise<T> {
  const sql = connect(url, 1);
  try {
    return await work(sql);
  } catch (error) {
    throw translateFailure(error);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
