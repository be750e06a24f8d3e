import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { noChoices } from '../../src/coordinator/import-choices.ts'
import { PortfolioCoordinator } from '../../src/coordinator/portfolio-coordinator.ts'
import { PortfolioReports } from '../../src/coordinator/portfolio-reports.ts'
import { PortfolioWrites } from '../../src/coordinator/portfolio-writes.ts'
import { idle } from '../../src/coordinator/refresh-state.ts'
import { portfolioById } from '../../src/storage/portfolios.ts'
import { database } from '../../src/storage/database.ts'
import { anotherAccount } from '../worker/account.ts'
import { json } from '../worker/app.ts'
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
  remove: (actor) => keeper().remove(actor),
  add: (actor) => keeper().add(actor, entry, null),
  replace: (actor) => keeper().replace(actor, first, 1, entry),
  delete: (actor) => keeper().delete(actor, first),
  restore: (actor) => keeper().restore(actor, first),
  rename: (actor) => keeper().rename(actor, { from: 'KO', to: 'PEP', until: null }),
  import: (actor) => keeper().import(actor, `${trades}KO,2035-03-07,Buy,1,$60.00,\n`, false),
  keepDraft: (actor) => keeper().keepDraft(actor, trades),
  importDraft: (actor) => keeper().importDraft(actor, 'none', false, noChoices),
  undoImport: (actor) => keeper().undoImport(actor, imported, true),
  acceptDividends: (actor) => keeper().acceptDividends(actor, 'all'),
  undoAcceptance: (actor) => keeper().undoAcceptance(actor, 1),
  dismissDividend: (actor) => keeper().dismissDividend(actor, 'KO@2034-06-01', true),
}

/** What only reads, which the Worker lets through by the role that D1 names in the same request. */
const reads =
  `performance explained holdingsOn chartOn dividendProposals derivedDividends cashFlows cashBook gap
  bestAndWorst trail cashFlowsFile fileFor tradesBetween dividends factsheet prices transactions snapshot chart trades
  latestRefresh undoingOf`.split(/\s+/)
/** What the app, the queue and the runtime call on behalf of nobody; none of them writes to the ledger. */
const unattended = `create takeIn erase refresh arrived postponed recompute fetch closePages webSocketMessage
  webSocketClose webSocketError alarm`.split(/\s+/)
/** What TypeScript keeps to the class. */
const inner = 'constructor inTurn changed mayChange eraseAll closed publication listing once ledger'.split(
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
  const methods = [PortfolioCoordinator, PortfolioWrites, PortfolioReports].flatMap(({ prototype }) =>
    Object.getOwnPropertyNames(prototype),
  )
  const known = [...Object.keys(changes), ...reads, ...unattended, ...inner]
  expect([...new Set(methods)].toSorted()).toEqual(known.toSorted())
})

describe.each(Object.keys(changes))('%s', (method) => {
  it.each(['stranger', '', 'viewer'])('tells %j nothing, and writes nothing', async (actor) => {
    const before = await rows()
    expect(await changes[method]!(actor)).toEqual({ status: 'missing' })
    expect(await rows()).toEqual(before)
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
  })
})

it('is erased for its owner, and by the clock only when it was deleted long ago', async () => {
  const before = await rows()
  for (const actor of ['stranger', '', 'viewer', 'editor', null])
    expect(await keeper().erase(actor)).toEqual({ status: 'missing' })
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
  const before = await keeper().latestRefresh()
  expect(before).not.toEqual(idle)
  for (const generation of [before.generation + 1, 0, -1, Number.NaN]) {
    await keeper().arrived(generation, [])
    await keeper().postponed(generation, 'later', 1)
  }
  expect(await keeper().latestRefresh()).toEqual(before)
})
