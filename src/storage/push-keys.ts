import { eq, sql } from 'drizzle-orm'
import { pushKeys } from './app-schema.ts'
import { type Database, inOneTransaction } from './database.ts'

/** The keys by which push services know this Yardstick: base64url. */
export type PushKeys = { publicKey: string; privateKey: string }

/** Returns the keys; null before they were made. */
export async function keptPushKeys(db: Database): Promise<PushKeys | null> {
  const { one, publicKey, privateKey } = pushKeys
  const kept = await db.select({ publicKey, privateKey }).from(pushKeys).where(eq(one, 1)).get()
  return kept ?? null
}

/** Keeps keys that were just made, unless others were first, and returns those that are kept. */
export async function keepPushKeys(db: Database, made: PushKeys, now: number): Promise<PushKeys> {
  await inOneTransaction(db, [
    sql`INSERT INTO push_keys (one, public_key, private_key, created_at)
      VALUES (1, ${made.publicKey}, ${made.privateKey}, ${now}) ON CONFLICT DO NOTHING`,
  ])
  return (await keptPushKeys(db))!
}
