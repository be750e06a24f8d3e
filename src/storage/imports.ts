import type { Database, Statement } from './database.ts'
import { imports } from './schema.ts'

/** What a file came to, row by row rejected, kept for good. */
export function insertImport(db: Database, record: typeof imports.$inferInsert): Statement {
  return db.insert(imports).values(record)
}
