import type { Database, Statement } from './database.ts'
import { imports } from './schema.ts'

/** Saves the result of an import, with the rows that were rejected and why. */
export function insertImport(db: Database, record: typeof imports.$inferInsert): Statement {
  return db.insert(imports).values(record)
}
