import { env } from 'cloudflare:workers'
import { hashOf } from '../../src/web/access/secret.ts'

/** What a browser has that is signed in: as the account `owner`, who runs the instance. */
export const SESSION = { cookie: `__Host-session=${'s'.repeat(43)}` }

/** Long after whatever a test's clock says. */
const NEVER = Date.parse('2100-01-01')

/** Claims the empty instance for the account `owner`, and signs it in. */
export async function claimInstance(): Promise<void> {
  await env.DB.batch([
    env.DB.prepare(
      "INSERT OR IGNORE INTO owners (id, created_at, name, is_admin) VALUES ('owner', 0, 'Ann', 1)",
    ),
    await session('owner', 's'.repeat(43)),
  ])
}

/** Signs somebody else in, who runs nothing. Returns what their browser has. */
export async function anotherAccount(id: string): Promise<{ cookie: string }> {
  const secret = `${id}-`.padEnd(43, 'x')
  await env.DB.batch([
    env.DB.prepare('INSERT OR IGNORE INTO owners (id, created_at, name, is_admin) VALUES (?, 0, ?, 0)').bind(
      id,
      id,
    ),
    await session(id, secret),
  ])
  return { cookie: `__Host-session=${secret}` }
}

/** Signs somebody in who runs nothing, with a sign-in of that instant. Returns what their browser has. */
export async function freshSession(id: string, at = Date.now()): Promise<{ cookie: string }> {
  const { cookie } = await anotherAccount(id)
  await env.DB.prepare('UPDATE sessions SET created_at = ? WHERE account_id = ?').bind(at, id).run()
  return { cookie }
}

async function session(account: string, secret: string): Promise<D1PreparedStatement> {
  return env.DB.prepare(
    `INSERT OR REPLACE INTO sessions (hash, id, account_id, created_at, used_at, expires_at, ends_at, device)
     VALUES (?, ?, ?, 0, ${NEVER}, ${NEVER}, ${NEVER}, 'Firefox on Linux')`,
  ).bind(await hashOf(secret), `session of ${account}`, account)
}
