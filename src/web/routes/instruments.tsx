import { Hono } from 'hono'
import { SYMBOL } from '../../portfolio/instrument.ts'
import { sourceOf } from '../../jobs/source.ts'
import { scope } from '../access/portfolio-scope.tsx'
import { clockOf } from '../clock.ts'
import { smallForm } from '../form-body.ts'
import { leaveNotice } from '../notice.ts'
import { isDay } from '../../portfolio/day.ts'
import { database } from '../../storage/database.ts'
import { dismissSplit, notBelieved, restoreSplit, sayTheSame } from '../../storage/rulings.ts'
import { instrumentPath } from '../views/symbol.tsx'
import type { ImportResult } from '../../coordinator/statement-import.ts'
import { csv } from '../../statements/write-statement.ts'
import { renderPage } from '../render-page.tsx'
import { problem } from '../problem.ts'
import { type AppEnv, rememberRevision } from '../request.ts'
import { findSecurities } from '../../jobs/find-securities.ts'
import { plainName, underNewTicker } from '../../portfolio/company-name.ts'
import { NewTickers } from '../views/rename-ticker.tsx'
import { Instrument } from '../views/instrument.tsx'
import { Problem } from '../views/problem.tsx'
import { isNamed } from '../chart-range.ts'
import { english, t } from '../words/words.ts'

export const instruments = new Hono<AppEnv>()

instruments.get('/portfolios/:id/instruments/:symbol', scope('page'), async (c) => {
  const { snapshot, list, actor, coordinator, asOf, look } = c.var
  const { id, name } = snapshot.portfolio
  const symbol = c.req.param('symbol').toUpperCase()
  const about = { list, current: id, revision: snapshot.revision }
  const sheet = SYMBOL.test(symbol) ? await coordinator.factsheet(actor, symbol, asOf, look) : null
  if (!sheet || 'refused' in sheet) {
    const detail = english('{name} has no {symbol} transactions, and it isn’t a benchmark.', {
      name,
      symbol: symbol.slice(0, 30),
    })
    return renderPage(
      c,
      404,
      english('Instrument not found'),
      <Problem status={404} title={english('Instrument not found')} detail={detail} />,
      about,
    )
  }
  const requested = c.req.query('range') ?? ''
  return renderPage(
    c,
    200,
    { name: sheet.name === symbol ? symbol : `${symbol} ${sheet.name}` },
    <Instrument
      snapshot={snapshot}
      clock={clockOf(snapshot, Date.now())}
      sheet={sheet}
      range={isNamed(requested) ? requested : 'all'}
      source={sourceOf(c.env).name}
      doubts={await notBelieved(database(c.env.DB), symbol)}
    />,
    about,
  )
})

// the owner's corrections of the source: a split is none, or is one after all, or the company is still the same
instruments.post('/portfolios/:id/instruments/:symbol/rulings', scope('portfolio'), smallForm, async (c) => {
  const { portfolio, actor, coordinator } = c.var
  const symbol = c.req.param('symbol').toUpperCase()
  const { ruling, day } = await c.req.parseBody()
  const rule = typeof ruling === 'string' ? rulings.get(ruling) : undefined
  const isOwn = SYMBOL.test(symbol) && (await coordinator.factsheet(actor, symbol)) !== null
  if (!rule || !isOwn || typeof day !== 'string' || !isDay(day)) return c.notFound()
  const isRuled = await rule.carryOut(database(c.env.DB), symbol, day)
  if (isRuled) await coordinator.refresh(actor, 'ruling', true)
  leaveNotice(c, isRuled ? rule.done : english('No change: this was already set.'))
  return c.redirect(instrumentPath(portfolio.id, symbol), 303)
})

// what the owner says that a share was worth: a day and a price on each line, as a file of our own would have them
instruments.post(
  '/portfolios/:id/instruments/:symbol/own-prices',
  scope('portfolio'),
  smallForm,
  async (c) => {
    const { portfolio, actor, coordinator } = c.var
    const symbol = c.req.param('symbol').toUpperCase()
    const { prices } = await c.req.parseBody()
    const lines = typeof prices === 'string' ? prices.split('\n').filter((line) => line.trim() !== '') : []
    if (!SYMBOL.test(symbol)) return c.notFound()
    const rows = lines.map((line) => {
      const [day = '', ...price] = line.trim().split(/[\s;]+/)
      return [symbol, 'price', day, price.join(''), '']
    })
    const imported = await coordinator.import(
      actor,
      csv(['Ticker', 'Type', 'Date', 'Price', 'Shares'], rows),
      false,
    )
    if (imported.status === 'missing') return c.notFound()
    if (imported.status === 'ok') rememberRevision(c, portfolio.id, imported.revision)
    leaveNotice(
      c,
      imported.status === 'ok' ? saidOf(imported.value) : english('No line has a day and a price.'),
    )
    return c.redirect(instrumentPath(portfolio.id, symbol), 303)
  },
)

// where a company may be found that its ticker no longer leads to
instruments.get('/portfolios/:id/instruments/:symbol/new-tickers', scope('page'), async (c) => {
  const { snapshot, list, actor, coordinator } = c.var
  const { id } = snapshot.portfolio
  const symbol = c.req.param('symbol').toUpperCase()
  const sheet = SYMBOL.test(symbol) ? await coordinator.factsheet(actor, symbol) : null
  if (!sheet || 'refused' in sheet || !sheet.position) return c.notFound()
  const { name } = sheet
  const db = database(c.env.DB)
  const { securities, askedAt, reason } = await findSecurities(
    c.env,
    db,
    { query: plainName(name).toUpperCase().slice(0, 60), symbol: null },
    Date.now(),
  )
  const found = name === symbol ? [] : underNewTicker(sheet, securities)
  const about = {
    path: instrumentPath(id, symbol),
    symbol,
    name,
    source: sourceOf(c.env).name,
    reason: askedAt === null ? reason : null,
  }
  const page = (
    <div class="page">
      <Heading name={name} />
      <NewTickers {...about} found={found} />
      <p>
        <BackTo {...about} />
      </p>
    </div>
  )
  return renderPage(c, 200, english('New ticker'), page, { list, current: id, revision: snapshot.revision })
})

const Heading = ({ name }: { name: string }) => <h1>{t('New ticker of {name}', { name })}</h1>

const BackTo = ({ path, symbol }: { path: string; symbol: string }) => (
  <a href={path}>{t('Back to {symbol}', { symbol })}</a>
)

function saidOf({ accepted, duplicates, rejected }: ImportResult): string {
  const added = accepted === 1 ? english('1 price added.') : english('{n} prices added.', { n: accepted })
  const known = duplicates > 0 ? english('{n} were there already.', { n: duplicates }) : ''
  const [first] = rejected
  const fault = first ? english('Line {n}: {reason}', { n: first.line - 1, reason: first.reason }) : ''
  return [added, known, fault].filter((each) => each !== '').join(' ')
}

// where another company has taken over the ticker, the old one's transactions get another; the other way round undoes it
instruments.post('/portfolios/:id/instruments/:symbol/rename', scope('portfolio'), smallForm, async (c) => {
  const { portfolio, actor, coordinator } = c.var
  const from = c.req.param('symbol').toUpperCase()
  const sent = await c.req.parseBody()
  const to = typeof sent.to === 'string' ? sent.to.trim().toUpperCase() : ''
  const until = typeof sent.until === 'string' && sent.until !== '' ? sent.until : null
  const renamed =
    until === null || isDay(until)
      ? await coordinator.rename(actor, { from, to, until })
      : ({
          status: 'refused',
          reason: english('“{text}” is not a date', { text: until.slice(0, 40) }),
        } as const)
  if (renamed.status === 'missing') return c.notFound()
  if (renamed.status === 'refused') {
    leaveNotice(c, english('Nothing was renamed: {reason}.', { reason: renamed.reason }))
    return c.redirect(instrumentPath(portfolio.id, from), 303)
  }
  rememberRevision(c, portfolio.id, renamed.revision)
  const { value } = renamed
  leaveNotice(
    c,
    value === 1
      ? english('One transaction of {from} is now of {to}.', { from, to })
      : english('{n} transactions of {from} are now of {to}.', { n: value, from, to }),
  )
  return c.redirect(instrumentPath(portfolio.id, to), 303)
})

const rulings = new Map([
  [
    'no_split',
    {
      carryOut: dismissSplit,
      done: english('Split dismissed. The history is being fetched again without it.'),
    },
  ],
  [
    'split',
    { carryOut: restoreSplit, done: english('Split restored. The history is being fetched again with it.') },
  ],
  [
    'same',
    {
      carryOut: sayTheSame,
      done: english('Confirmed as the same company. Its prices are being fetched again.'),
    },
  ],
])

// the chart's line, in columns; the browser caches it and revalidates it by its ETag
instruments.get('/portfolios/:id/instruments/:symbol/prices.json', scope('portfolio'), async (c) => {
  const { portfolio, actor, coordinator } = c.var
  const requested = c.req.query('range') ?? 'all'
  if (!isNamed(requested)) return problem(c, 400, 'range must be one of 1m, 3m, ytd, 12m, 5y, all.')
  const symbol = c.req.param('symbol').toUpperCase()
  const series = SYMBOL.test(symbol) ? await coordinator.prices(actor, symbol, requested, c.var.asOf) : null
  if (!series) return problem(c, 404, `${portfolio.name} knows no ${symbol.slice(0, 30)}.`)
  return c.json(series, 200, { 'cache-control': 'private, no-cache' })
})
