import { Hono } from 'hono'
import { fromNumber, text } from '../../portfolio/decimal.ts'
import { coordinator } from '../../jobs/durable-objects.ts'
import { nameOf } from '../../coordinator/transaction-edits.ts'
import { jsonBody } from '../json-body.ts'
import { readPortfolio } from '../portfolio-reader.ts'
import { noPortfolio, problem } from '../problem.ts'
import { type AppEnv, ownerOf, rememberRevision } from '../request.ts'

export const dividendsApi = new Hono<AppEnv>()

// dividends that the market's data reports for the shares then held, and the ledger does not have
dividendsApi.get('/api/portfolios/:id/dividend-proposals', async (c) => {
  const portfolio = await readPortfolio(c, c.req.param('id'))
  if (!portfolio) return noPortfolio(c)
  const proposals = await coordinator(c.env, portfolio.id).dividendProposals()
  if (!proposals) return noPortfolio(c)
  return c.json({
    proposals: proposals.map((proposal) => ({
      id: nameOf(proposal),
      symbol: proposal.symbol,
      ex_date: proposal.exDay,
      shares: text(proposal.shares),
      per_share: text(fromNumber(proposal.perShare)),
      amount: text(proposal.amount),
      currency: proposal.currency,
    })),
  })
})

dividendsApi.post('/api/portfolios/:id/dividend-proposals', async (c) => {
  const portfolio = await readPortfolio(c, c.req.param('id'))
  if (!portfolio) return noPortfolio(c)
  const body = await jsonBody(c)
  if (body instanceof Response) return body
  const { accept } = body
  const all = accept === 'all'
  if (!all && !(Array.isArray(accept) && accept.every((id) => typeof id === 'string'))) {
    return problem(c, 400, '`accept` must be "all" or a list of the ids of proposals.')
  }
  const wanted = all ? 'all' : (accept as string[])
  const accepted = await coordinator(c.env, portfolio.id).acceptDividends(ownerOf(c), wanted)
  if (accepted.status !== 'ok') return noPortfolio(c)
  rememberRevision(c, portfolio.id, accepted.revision)
  return c.json({ accepted: accepted.value, revision: accepted.revision }, 201)
})
