import { env } from 'cloudflare:workers'

/** The columns of each table of the database as it is migrated. */
export async function columnsByTable(): Promise<Map<string, string[]>> {
  const { results } = await env.DB.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all<{
    name: string
  }>()
  const names = results.map(({ name }) => name).filter((name) => !/^(_cf|sqlite|d1_)/.test(name))
  const asked = names.map((name) => env.DB.prepare(`PRAGMA table_info(${name})`))
  const answers = await env.DB.batch<{ name: string }>(asked)
  return new Map(names.map((name, i) => [name, answers[i]!.results.map((column) => column.name)]))
}
