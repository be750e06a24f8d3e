import { env } from 'cloudflare:workers'

/** The bytes of the widest row of each table, in falling order; production refuses one of 2 MB, the local database takes it. */
export async function widestRows(): Promise<{ table: string; bytes: number }[]> {
  const { results } = await env.DB.prepare("SELECT name FROM pragma_table_list WHERE schema = 'main'").all<{
    name: string
  }>()
  const widest: { table: string; bytes: number }[] = []
  for (const { name: table } of results.filter((each) => !/^(sqlite|_cf|d1_)/.test(each.name))) {
    const columns = await env.DB.prepare(`SELECT name FROM pragma_table_info('${table}')`).all<{
      name: string
    }>()
    const width = columns.results
      .map((column) => `coalesce(length(CAST("${column.name}" AS BLOB)), 0)`)
      .join(' + ')
    const row = await env.DB.prepare(`SELECT max(${width}) AS width FROM "${table}"`).first<{
      width: number | null
    }>()
    widest.push({ table, bytes: row!.width ?? 0 })
  }
  return widest.toSorted((a, b) => b.bytes - a.bytes)
}
