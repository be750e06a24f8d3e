import { Hono } from 'hono'
import { incomeExplanation, incomeFigures } from '../../metrics/income-figures.ts'
import { fromNumber, text } from '../../portfolio/decimal.ts'
import { nameOf } from '../../portfolio/dividend-proposal.ts'
import { acceptedBody, NOT_SAID } from '../api/accepted-body.ts'
import { found, missing, scope } from '../access/portfolio-scope.tsx'
import { jsonBody, smallJson } from '../json-body.ts'
import { problem, refused } from '../problem.ts'
import { pricesBehind } from '../refresh-behind.ts'
import { type AppEnv, rememberRevision } from '../request.ts'

export const dividendsApi = new Hono<AppEnv>()

// the dividends that the source reports for the shares held then and that the ledger does not have
dividendsApi.get('/api/portfolios/:id/dividend-proposals', scope('portfolio'), async (c) => {
  const proposals = found(await c.var.coordinator.dividendProposals(c.var.actor, c.var.asOf))
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

dividendsApi.post('/api/portfolios/:id/dividend-proposals', scope('portfolio'), smallJson, async (c) => {
  const { portfolio, actor, coordinator } = c.var
  const body = await jsonBody(c, acceptedBody)
  if (body instanceof Response) return body
  if (!body.accept) return refused(c, [{ field: 'accept', reason: NOT_SAID }])
  const accepted = await coordinator.acceptDividends(actor, body.accept)
  if (accepted.status === 'refused') return refused(c, accepted.faults)
  if (accepted.status !== 'ok') return missing(c)
  rememberRevision(c, portfolio.id, accepted.revision)
  return c.json({ accepted: accepted.value.count, revision: accepted.revision }, 201)
})

// what the shares held on a day can be expected to pay in the twelve months after it
dividendsApi.get('/api/portfolios/:id/income', scope('portfolio'), pricesBehind, async (c) => {
  const income = found(await c.var.coordinator.income(c.var.actor, c.var.asOf))
  const figure = c.req.query('explain')
  if (!figure) return c.json(income)
  const explain = incomeExplanation(figure, income)
  if (explain) return c.json({ ...income, explain })
  const known = Object.keys(incomeFigures).join(', ')
  return problem(c, 400, `explain must be one of ${known}, not “${figure.slice(0, 60)}”.`)
})

// notes that a dividend of the source, such as QQQ@2012-03-16, never came
dividendsApi.on(
  ['PUT', 'DELETE'],
  '/api/portfolios/:id/dismissed-dividends/:name',
  scope('portfolio'),
  async (c) => {
    const { portfolio, actor, coordinator } = c.var
    const done = await coordinator.dismissDividend(actor, c.req.param('name'), c.req.method === 'PUT')
    if (done.status !== 'ok')
      return problem(c, 404, 'The source lists no such dividend for shares held then.')
    rememberRevision(c, portfolio.id, done.revision)
    return c.json({ dismissed: done.value.dismissedDividends, revision: done.revision })
  },
)
