import { Hono } from 'hono'
import type { CashFlowType } from '../../metrics/cash-flows.ts'
import type { HoldingRow } from '../../snapshot/holding-row.ts'
import { holdingsReport } from '../../statements/holdings-report.ts'
import { incomeReport } from '../../statements/income-report.ts'
import { monthsReport } from '../../statements/months-report.ts'
import { isProgram, programs } from '../../statements/exports/programs.ts'
import { everythingText, portfolioText, transactionLine } from '../../statements/everything.ts'
import { trackRecordText } from '../../statements/track-record-text.ts'
import { dividendsFile, transactionsFile } from '../../statements/write-statement.ts'
import { database } from '../../storage/database.ts'
import { keptTransactions, wholePortfolio } from '../../storage/everything.ts'
import { groupMembersOf, recordedIn } from '../../storage/groups.ts'
import { trackRecordOf } from '../../storage/track-record.ts'
import type { Recorded } from '../../storage/transactions.ts'
import { found, scope, type ScopedContext } from '../access/portfolio-scope.tsx'
import { readCashFlowsView } from '../cash-flows-view.ts'
import { instant } from '../instant.ts'
import { problem } from '../problem.ts'
import { downloaded } from '../downloaded.ts'
import { pricesBehind } from '../refresh-behind.ts'
import { type AppContext, type AppEnv } from '../request.ts'
import { flowTypes } from '../views/cash-book.tsx'

export const exports = new Hono<AppEnv>()

exports.get('/portfolios/:id/export/transactions.csv', scope('portfolio'), async (c) => {
  const { portfolio } = c.var
  return downloaded(c, `${portfolio.name} transactions`, transactionsFile(await rowsUntil(c)))
})

exports.get('/portfolios/:id/export/dividends.csv', scope('portfolio'), async (c) => {
  const { portfolio } = c.var
  return downloaded(c, `${portfolio.name} dividends`, dividendsFile(await rowsUntil(c)))
})

// export only: nothing of it has been paid
exports.get('/portfolios/:id/export/income.csv', scope('portfolio'), async (c) => {
  const { portfolio, actor, coordinator, asOf } = c.var
  const { dividends } = found(await coordinator.income(actor, asOf))
  return downloaded(c, `${portfolio.name} income ahead`, incomeReport(dividends, portfolio.baseCurrency))
})

/** The recorded rows, up to the day that is asked for. */
async function rowsUntil(c: ScopedContext<'portfolio'>): Promise<Recorded[]> {
  const { portfolio, asOf } = c.var
  const all = await recordedIn(database(c.env.DB), portfolio)
  return asOf === null ? all : all.filter(({ date }) => date <= asOf)
}

exports.get('/portfolios/:id/export/cash-flows.csv', scope('portfolio'), async (c) => {
  const { portfolio, actor, coordinator, asOf, look } = c.var
  const view = readCashFlowsView(c)
  if (view instanceof Response) return view
  const types = readTypes(c)
  if (types instanceof Response) return types
  const csv = found(await coordinator.cashFlowsFile(actor, view, asOf, types, look))
  const whose = view === 'portfolio' ? '' : ` ${view}`
  const which = types.length === 0 ? '' : ` ${types.map((type) => flowTypes[type].toLowerCase()).join(', ')}`
  return downloaded(c, `${portfolio.name} cash flows${whose}${which}`, csv)
})

/** Returns the types of the requested rows (empty for all), or the response that says what is wrong with them. */
function readTypes(c: AppContext): CashFlowType[] | Response {
  const named = (c.req.query('type') ?? '').split(',').filter((type) => type !== '')
  const unknown = named.find((type) => !Object.hasOwn(flowTypes, type))
  return unknown === undefined
    ? ([...new Set(named)] as CashFlowType[])
    : problem(
        c,
        400,
        `type must be one of ${Object.keys(flowTypes).join(', ')}, not “${unknown.slice(0, 40)}”.`,
      )
}

exports.get('/portfolios/:id/export/everything.json', scope('portfolio'), async (c) => {
  const { portfolio } = c.var
  const db = database(c.env.DB)
  const members = portfolio.kind ? await groupMembersOf(db, portfolio) : [{ portfolio }]
  const texts: string[] = []
  // one after the other: each may be large
  for (const each of members) {
    const { settings, whole } = await wholePortfolio(db, each.portfolio)
    texts.push(portfolioText(settings, whole))
  }
  return downloaded(c, portfolio.name, everythingText(texts), 'json')
})

// not in the file of everything: a record that came with a file would prove nothing
exports.get('/portfolios/:id/export/track-record.json', scope('portfolio'), async (c) => {
  const { portfolio } = c.var
  if (portfolio.kind) return problem(c, 404, 'A group has no track record; its portfolios have theirs.')
  const db = database(c.env.DB)
  const [closes, rows] = [await trackRecordOf(db, portfolio.id), await keptTransactions(db, portfolio.id)]
  const file = trackRecordText(portfolio, closes, rows.map(transactionLine))
  return downloaded(c, `${portfolio.name} track record`, file, 'json')
})

// export only: it lists positions, not trades, so it cannot be imported
exports.get('/portfolios/:id/export/holdings.csv', scope('snapshot'), pricesBehind, (c) => {
  const { holdings, closed, portfolio } = c.var.snapshot
  const row = (holding: HoldingRow) => ({
    ...holding,
    priced: instant(holding.price_as_of) ?? holding.price_day,
    notes: notesOf(holding),
  })
  const csv = holdingsReport(
    holdings.map(row),
    closed.map(row),
    portfolio.benchmarks,
    portfolio.base_currency,
  )
  return downloaded(c, `${portfolio.name} holdings report`, csv)
})

// export only, as a report: of the whole history, whatever range a page shows
exports.get('/portfolios/:id/export/months.csv', scope('portfolio'), pricesBehind, async (c) => {
  const { portfolio, actor, coordinator, asOf, look } = c.var
  const { months, figures } = found(await coordinator.risk(actor, asOf, 'all', look))
  const csv = monthsReport(months.months, Object.keys(figures.benchmarks))
  return downloaded(c, `${portfolio.name} months report`, csv)
})

// the same portfolio for another program, or for a tax return
exports.get('/portfolios/:id/export/for/:program', scope('portfolio'), async (c) => {
  const { portfolio, actor, coordinator } = c.var
  const program = c.req.param('program')
  if (!isProgram(program)) return c.notFound()
  const written = found(await coordinator.fileFor(actor, program, c.var.asOf))
  return downloaded(c, `${portfolio.name} ${programs[program].file}`, written, programs[program].type)
})

function notesOf({ reason, quarantined: held }: HoldingRow): string[] {
  return [
    reason,
    held && `a price of ${held.price} ${held.currency} is held for review: ${held.reason}`,
  ].filter((note) => note !== null)
}
