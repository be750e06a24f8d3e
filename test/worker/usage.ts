import { env } from 'cloudflare:workers'
import { pendingUsage, type Resource, type Usage } from '../../src/storage/usage.ts'

/** What was used of the platform while something was done, as the app counts it. */
export async function usedBy(work: () => Promise<unknown>): Promise<Usage> {
  const before = await usedSoFar()
  await work()
  const after = await usedSoFar()
  const each = (Object.keys(after) as Resource[]).map((name) => [name, after[name] - before[name]])
  return Object.fromEntries(each) as Usage
}

/** What was written down of all days, and what is still held. */
async function usedSoFar(): Promise<Usage> {
  const { results } = await env.DB.prepare('SELECT * FROM usage').all<Record<string, number | string>>()
  const all = Object.entries(pendingUsage()).map(([name, held]) => {
    const column = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    return [name, results.reduce((sum, row) => sum + Number(row[column]), held)]
  })
  return Object.fromEntries(all) as Usage
}
