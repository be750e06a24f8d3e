import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { noChoices } from '../../src/coordinator/import-choices.ts'
import { PortfolioCoordinator } from '../../src/coordinator/portfolio-coordinator.ts'
import { LedgerReader } from '../../src/coordinator/ledger-reader.ts'
import { ListedReports } from '../../src/coordinator/listed-reports.ts'
import { PortfolioReports } from '../../src/coordinator/portfolio-reports.ts'
import { PortfolioWrites } from '../../src/coordinator/portfolio-writes.ts'
import { idle } from '../../src/coordinator/refresh-state.ts'
import type { TransactionQuery } from '../../src/snapshot/transaction-list.ts'
import { portfolioById } from '../../src/storage/portfolios.ts'
import { ONE } from '../../src/portfolio/decimal.ts'
import { database } from '../../src/storage/database.ts'
import { anotherAccount } from '../worker/account.ts'
import { hashOf } from '../../src/web/access/secret.ts'
import { json, newPortfolio, settled } from '../worker/app.ts'
import { invested, trades } from '../worker/invested.ts'

let id: string
let first: string
let imported: string
const keeper = () => env.PORTFOLIO.getByName(id)
const entry = { type: 'buy', symbol: 'KO', date: '2034-06-01', price: '61', shares: '2' }

beforeAll(async () => {
  id = await invested(trades)
  for (const role of ['viewer', 'editor']) {
    await anotherAccount(role)
    await env.DB.prepare('INSERT INTO members VALUES (?, ?, ?, 0)').bind(id, role, role).run()
  }
  first = (await json(`/api/portfolios/${id}/transactions`)).transactions[0].id
  imported = (await json(`/api/portfolios/${id}/imports`)).imports[0].id
})

/** Every method that changes something at somebody's wish, as one who may would call it. */
const changes: Record<string, (actor: string) => Promise<unknown>> = {
  change: (actor) => keeper().change(actor, { name: 'Theirs' }),
  // nobody's, of a portfolio
  changeGroup: (actor) => keeper().changeGroup(actor, { name: 'Mine' }, null),
  removeGroup: (actor) => keeper().removeGroup(actor),
  remove: (actor) => keeper().remove(actor),
  add: (actor) => keeper().add(actor, entry, null),
  replace: (actor) => keeper().replace(actor, first, 1, entry),
  delete: (actor) => keeper().delete(actor, first),
  restore: (actor) => keeper().restore(actor, first),
  rename: (actor) => keeper().rename(actor, { from: 'KO', to: 'PEP', until: null }),
  import: (actor) => keeper().import(actor, `${trades}KO,2035-03-07,Buy,1,$60.00,\n`, false),
  keepDraft: (actor) => keeper().keepDraft(actor, trades),
  importDraft: (actor) => keeper().importDraft(actor, 'none', false, noChoices),
  draft: (actor) => keeper().draft(actor, 'none'),
  undoImport: (actor) => keeper().undoImport(actor, imported, true),
  acceptDividends: (actor) => keeper().acceptDividends(actor, 'all'),
  undoAcceptance: (actor) => keeper().undoAcceptance(actor, 1),
  replaceOwnPrices: (actor) =>
    keeper().replaceOwnPrices(actor, { symbol: 'KO', currency: 'USD', prices: [] }),
  setOwnInstrument: (actor) => keeper().setOwnInstrument(actor, 'KO', null),
  dismissDividend: (actor) => keeper().dismissDividend(actor, 'KO@2034-06-01', true),
  dismissAction: (actor) => keeper().dismissAction(actor, 'KO@2034-06-01', true),
  bookAction: (actor) => keeper().bookAction(actor, { symbol: 'KO', entry, withoutSplit: null }),
  actionFigures: (actor) => keeper().actionFigures(actor, { symbol: 'KO', to: 'PEP' }),
}

const everyRow: TransactionQuery = {
  show: 'all',
  ticker: null,
  from: null,
  to: null,
  sort: 'date',
  descending: true,
  page: 1,
}

/** Every method that only reads, as one who may see the portfolio would call it. */
const reads: Record<string, (reader: string) => Promise<unknown>> = {
  performance: (reader) => keeper().performance(reader, null, null),
  explained: (reader) => keeper().explained(reader, null, null, 'total_return'),
  holdingsOn: (reader) => keeper().holdingsOn(reader, null, true),
  snapshotOn: (reader) => keeper().snapshotOn(reader, '2034-06-01'),
  chartOn: (reader) => keeper().chartOn(reader, '2034-06-01'),
  dividendProposals: (reader) => keeper().dividendProposals(reader),
  actionProposals: (reader) => keeper().actionProposals(reader),
  derivedDividends: (reader) => keeper().derivedDividends(reader),
  takenAsNamed: (reader) => keeper().takenAsNamed(reader, []),
  cashFlows: (reader) => keeper().cashFlows(reader, 'portfolio', null),
  cashBook: (reader) => keeper().cashBook(reader, 'portfolio', [], 1),
  gap: (reader) => keeper().gap(reader, 'VOO', null, null, 'symbol'),
  bestAndWorst: (reader) => keeper().bestAndWorst(reader, 'VOO', 3, null),
  decisionBook: (reader) => keeper().decisionBook(reader, 'VOO', 3, null),
  income: (reader) => keeper().income(reader),
  rebalancing: (reader) =>
    keeper().rebalancing(reader, { by: 'holding', weights: [{ name: 'QQQ', weight: ONE }], rest: 0n }, 0n),
  risk: (reader) => keeper().risk(reader, null, 'all'),
  trail: (reader) => keeper().trail(reader, 'VOO', { symbol: 'QQQ' }),
  variantTrail: (reader) =>
    keeper().variantTrail(reader, { symbol: 'QQQ' }, null, { vs: null, whatIf: 'no QQQ' }),
  cashFlowsFile: (reader) => keeper().cashFlowsFile(reader, 'portfolio', null, []),
  fileFor: (reader) => keeper().fileFor(reader, 'ghostfolio'),
  tradesBetween: (reader) => keeper().tradesBetween(reader, null, null),
  dividends: (reader) => keeper().dividends(reader),
  factsheet: (reader) => keeper().factsheet(reader, 'QQQ'),
  prices: (reader) => keeper().prices(reader, 'QQQ', 'all'),
  transactions: (reader) => keeper().transactions(reader, everyRow),
  snapshot: (reader) => keeper().snapshot(reader, false),
  chart: (reader) => keeper().chart(reader, false),
  trades: (reader) => keeper().trades(reader, false),
  latestRefresh: (reader) => keeper().latestRefresh(reader),
}
/** What the app, the queue and the runtime call on behalf of nobody; none of them writes to the ledger, or tells of it. */
const unattended =
  `create createGroup takeIn erase arrived postponed recompute checkAlerts afterTheClose closePages webSocketMessage
  webSocketClose webSocketError alarm`.split(/\s+/)
/** What has a test of its own, below, in test/web/brokers.test.ts or in portfolio-alerts.test.ts. */
const others = ['setAlert', 'removeAlert', 'takeInAlerts', 'undoingOf', 'refresh', 'fetch', 'fetchStatement']
/** What TypeScript keeps to the class. */
const inner =
  'constructor inTurn behindEdits changed maySee together mayChange current eraseAll closed removed looked shownOf variant withBenchmark publication listing transactionsOn ledger ofFile'.split(
    ' ',
  )

const rows = async () => {
  const { results } = await env.DB.prepare(
    `SELECT id, version, symbol, shares FROM transactions WHERE portfolio_id = ?1
     UNION ALL SELECT id, 0, action, subject FROM audit WHERE portfolio_id = ?1`,
  )
    .bind(id)
    .all()
  return { results, portfolio: await portfolioById(database(env.DB), id) }
}

it('knows of every method of the object', () => {
  const methods = [
    PortfolioCoordinator,
    PortfolioWrites,
    PortfolioReports,
    ListedReports,
    LedgerReader,
  ].flatMap(({ prototype }) => Object.getOwnPropertyNames(prototype))
  const known = [...Object.keys(changes), ...Object.keys(reads), ...others, ...unattended, ...inner]
  expect([...new Set(methods)].toSorted()).toEqual(known.toSorted())
})

describe.each(Object.keys(changes))('%s', (method) => {
  it.each(['stranger', '', 'viewer'])('tells %j nothing, and writes nothing', async (actor) => {
    const before = await rows()
    expect(await changes[method]!(actor)).toEqual({ status: 'missing' })
    expect(await rows()).toEqual(before)
  })
})

describe.each(Object.keys(reads))('%s', (method) => {
  it.each(['stranger', '', 'nobody'])('tells %j nothing', async (reader) => {
    expect(await reads[method]!(reader)).toBeNull()
  })

  it.each(['owner', 'viewer', 'editor'])('tells the %s', async (reader) => {
    expect(await reads[method]!(reader)).not.toBeNull()
  })
})

describe('a share link', () => {
  it('reads the portfolio that it is of while it works, and no other', async () => {
    const [open, late] = [await hashOf('open'), await hashOf('late')]
    const elsewhere = await newPortfolio({ benchmarks: [] })
    await env.DB.batch(
      [
        [open, id, null],
        [late, id, 1],
      ].map((link) =>
        env.DB.prepare(
          "INSERT INTO share_links VALUES (?1, ?1, ?2, '', 1, 'owner', 0, ?3, 'page', NULL, NULL)",
        ).bind(...link),
      ),
    )
    expect(await keeper().snapshot({ link: open }, false)).toMatchObject({ portfolio: { id } })
    expect(await keeper().chart({ link: open }, false)).not.toBeNull()
    expect(await env.PORTFOLIO.getByName(elsewhere).snapshot({ link: open }, false)).toBeNull()
    expect(await keeper().snapshot({ link: late }, false)).toBeNull()
    expect(await keeper().snapshot({ link: 'none' }, false)).toBeNull()
  })
})

describe('what is asked on behalf of a page', () => {
  const open = (account: string) =>
    keeper().fetch(`https://coordinator/live?account=${account}`, { headers: { upgrade: 'websocket' } })

  it('opens a live channel for those who may see the portfolio', async () => {
    for (const account of ['stranger', '']) expect((await open(account)).status).toBe(404)
    for (const account of ['viewer', 'owner']) {
      const { status, webSocket } = await open(account)
      expect(status).toBe(101)
      webSocket!.accept()
      webSocket!.close()
    }
  })

  it('fetches prices for those who may see it', async () => {
    const before = (await keeper().latestRefresh('owner'))!
    for (const actor of ['stranger', ''])
      expect(await keeper().refresh(actor, 'button', true)).toBe('missing')
    expect(await keeper().latestRefresh('owner')).toEqual(before)
  })

  it('says to those who may edit what undoing an import would do', async () => {
    for (const actor of ['stranger', '', 'viewer'])
      expect(await keeper().undoingOf(actor, imported)).toBeNull()
    expect(await keeper().undoingOf('editor', imported)).toMatchObject({ rows: expect.any(Number) as number })
  })
})

describe('an editor', () => {
  it('changes what is in the portfolio, under their own name', async () => {
    const added = await keeper().add('editor', entry, null)
    expect(added).toMatchObject({ status: 'ok' })
    expect(await keeper().change('editor', { description: 'Edited' })).toMatchObject({ status: 'ok' })
    const { results } = await env.DB.prepare(
      "SELECT actor FROM audit WHERE portfolio_id = ? AND actor <> 'owner' AND actor <> 'system'",
    )
      .bind(id)
      .all()
    expect(results).toEqual([{ actor: 'editor' }, { actor: 'editor' }])
  })

  it('does not delete the portfolio, and is nobody once removed', async () => {
    expect(await keeper().remove('editor')).toEqual({ status: 'missing' })
    await env.DB.prepare("DELETE FROM members WHERE account_id = 'editor'").run()
    expect(await keeper().add('editor', entry, null)).toEqual({ status: 'missing' })
    await env.DB.prepare("INSERT INTO members VALUES (?, 'editor', 'editor', 0)").bind(id).run()
  })
})

it('is erased only when it was deleted long ago', async () => {
  const before = await rows()
  expect(await keeper().erase()).toEqual({ status: 'missing' })
  expect(await rows()).toEqual(before)
})

it('creates nothing over a portfolio, and tells its revision to nobody but its owner', async () => {
  const own = (await portfolioById(database(env.DB), id))!
  const before = await rows()
  expect(await keeper().create({ ...own, ownerId: 'stranger' })).toBeNull()
  expect(await keeper().create(own)).toMatchObject({ revision: expect.any(Number) as number })
  expect(await rows()).toEqual(before)
})

it('hears only of refreshes that it has begun', async () => {
  await settled(id)
  const before = (await keeper().latestRefresh('owner'))!
  expect(before).not.toEqual(idle)
  for (const generation of [before.generation + 1, 0, -1, Number.NaN]) {
    await keeper().arrived(generation, [])
    await keeper().postponed(generation, 'later', 1)
  }
  expect(await keeper().latestRefresh('owner')).toEqual(before)
})
