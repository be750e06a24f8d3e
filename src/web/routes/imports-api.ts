import { Hono } from 'hono'
import { coordinator } from '../../jobs/durable-objects.ts'
import { limitedText } from '../json-body.ts'
import { readPortfolio } from '../portfolio-reader.ts'
import { noPortfolio, problem } from '../problem.ts'
import { type AppEnv, ownerOf, rememberRevision } from '../request.ts'

/** About 120,000 rows. */
export const LARGEST_CSV = 5_000_000
export const tooLarge = 'The file is larger than 5 MB. Split it into smaller ones, each with the header line.'

export const importsApi = new Hono<AppEnv>()

importsApi.post('/api/portfolios/:id/imports', async (c) => {
  const portfolio = await readPortfolio(c, c.req.param('id'))
  if (!portfolio) return noPortfolio(c)
  const csv = await limitedText(c, LARGEST_CSV)
  if (csv === null) return problem(c, 413, tooLarge)
  const preview = c.req.query('preview') === '1'
  const imported = await coordinator(c.env, portfolio.id).import(ownerOf(c), csv, preview)
  switch (imported.status) {
    case 'ok':
      rememberRevision(c, portfolio.id, imported.revision)
      return c.json({ ...imported.value, revision: imported.revision }, 201)
    case 'previewed':
      return c.json({ ...imported.value, revision: imported.revision })
    case 'unreadable':
      return problem(c, 422, imported.problem)
    case 'missing':
      return noPortfolio(c)
  }
})
