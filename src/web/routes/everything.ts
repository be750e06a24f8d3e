import { Hono } from 'hono'
import type { GroupSettings } from '../../portfolio/whole-portfolio.ts'
import { everythingText, portfolioText } from '../../statements/everything.ts'
import { textOfFile } from '../../statements/file-text.ts'
import { keptAlerts } from '../../storage/alerts.ts'
import { database } from '../../storage/database.ts'
import { wholePortfolio } from '../../storage/everything.ts'
import { saidOfFiles } from '../../storage/file-answers.ts'
import { tickersChosenBy } from '../../storage/securities.ts'
import { channelsOf } from '../../storage/notice-channels.ts'
import { groupsOf, type ListedGroup } from '../../storage/groups.ts'
import { portfoliosOf, spelledSettings } from '../../storage/portfolios.ts'
import { signedIn } from '../access/visitor.ts'
import { accountPage } from '../account-page.tsx'
import { downloaded } from '../downloaded.ts'
import { formBody } from '../form-body.ts'
import { problem } from '../problem.ts'
import type { AppEnv } from '../request.ts'
import { takeIn, takenPage } from '../take-in.ts'
import { english } from '../words/words.ts'

export const everything = new Hono<AppEnv>()

everything.on('GET', ['/account/export', '/api/account/export'], async (c) => {
  const db = database(c.env.DB)
  const { account } = await signedIn(c)
  const parts: { id: string; createdAt: number; text: string }[] = []
  // one after the other: each may be large
  for (const portfolio of await portfoliosOf(db, account)) {
    const { settings, whole } = await wholePortfolio(db, portfolio)
    parts.push({ id: portfolio.id, createdAt: portfolio.createdAt, text: portfolioText(settings, whole) })
  }
  // in an order in which no id has a part
  parts.sort((a, b) => a.createdAt - b.createdAt || (a.text < b.text ? -1 : 1))
  const texts = parts.map(({ text }) => text)
  const [chosen, said, groups, told, channels] = await Promise.all([
    tickersChosenBy(db, account),
    saidOfFiles(db, account),
    groupsOf(db, account),
    keptAlerts(db, account),
    channelsOf(db, account),
  ])
  const numbers = new Map(parts.map(({ id }, i) => [id, i + 1]))
  const file = everythingText(
    texts,
    chosen,
    said,
    groups.map((group) => groupIn(group, numbers)),
    // of somebody else's portfolio there is none in the file
    told.flatMap(({ id, by, ...alert }) => {
      const [portfolio, group] = [numbers.get(id), groups.findIndex((each) => each.id === id) + 1]
      const about = portfolio === undefined ? group > 0 && { group } : { portfolio }
      const chosen = by?.map((each) => channels.findIndex((channel) => channel.id === each) + 1)
      const known = chosen?.filter((number) => number > 0) ?? []
      return about ? [{ ...about, ...alert, ...(known.length > 0 && { channels: known }) }] : []
    }),
    channels.map(({ kind, label, target, createdAt: at }) => ({ kind, label, target, at })),
  )
  return downloaded(c, 'Yardstick everything', file, 'json')
})

/** A group without ids: it has the portfolios that are in the file, and not those of somebody else. */
function groupIn(group: ListedGroup, numbers: ReadonlyMap<string, number>): GroupSettings {
  const { name, description, base_currency, benchmarks, targets } = spelledSettings(group)
  const portfolios = group.portfolios.flatMap((id) => numbers.get(id) ?? []).toSorted((a, b) => a - b)
  const created_at = new Date(group.createdAt).toISOString()
  const own = { kind: group.kind, name, description, base_currency, benchmarks }
  return { ...own, ...(targets !== null && { targets }), portfolios, created_at }
}

everything.post('/account/import', formBody('file'), async (c) => {
  const { file } = await c.req.parseBody()
  const again = (fileFault: string) => accountPage(c, 422, { fileFault })
  if (!(file instanceof File) || file.size === 0)
    return again(english('Choose a file from “Export everything”.'))
  const text = await textOfFile(new Uint8Array(await file.arrayBuffer()))
  if (typeof text !== 'string') return again(text.problem)
  return takenPage(c, await takeIn(c, text), again)
})

everything.post('/api/account/import', async (c) => {
  const text = await textOfFile(new Uint8Array(await c.req.arrayBuffer()))
  if (typeof text !== 'string') return problem(c, 422, text.problem)
  const { taken, problems } = await takeIn(c, text)
  if (problems.length > 0 && taken.length === 0) return problem(c, 422, problems.join(' '))
  return c.json({ portfolios: taken, problems }, 201)
})
