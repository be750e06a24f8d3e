import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { database, inOneTransaction } from '../../src/storage/database.ts'
import { appendAudit } from '../../src/storage/audit.ts'
import { importCsv, json, newPortfolio, request, send, settled } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'
import { invested } from '../worker/invested.ts'
import { page, post, words } from './page.ts'

beforeEach(() => setClock())
afterEach(() => setClock())

const log = async (id: string, query = '') => words(await page(`/portfolios/${id}/activity${query}`))

describe('the activity log', () => {
  it('tells what was recorded, changed with before and after, and deleted', async () => {
    const id = await invested('Ticker,Type,Date,Price,Shares\nAAPL,Buy,2034-01-03,400.5,10\n', {
      name: 'Mine',
    })
    const path = `/api/portfolios/${id}/transactions`
    const [bought] = (await json(path)).transactions
    await send(`${path}/${bought.id}`, { ...bought, shares: '12', note: 'was <b>10' }, 'PUT')
    await send(path, { type: 'deposit', date: '2034-02-01', amount: '1234.5' })
    await request(`${path}/${bought.id}`, { method: 'DELETE' })
    const text = await log(id)
    expect(text).toContain('You created the portfolio “Mine” in USD, compared with VOO, QQQ.')
    expect(text).toContain('You imported 1 row (format: ')
    expect(text).toContain('You edited: bought 10 AAPL at $400.50 on Jan 3, 2034')
    expect(text).toMatch(
      /Shares 10 → changed to 12 Currency empty → changed to USD Note empty → changed to was &lt;b&gt;10/,
    )
    expect(text).not.toMatch(/Price \$/)
    expect(text).toMatch(/You added: deposit of \$1,234\.50 on Feb 1, 2034/)
    expect(text).toContain('You deleted: bought 12 AAPL at $400.50 on Jan 3, 2034')
    expect(text.indexOf('You deleted')).toBeLessThan(text.indexOf('You edited'))
  })

  it('tells what an import left out, in which share units trades were, and what changed in the settings', async () => {
    const id = await newPortfolio({ benchmarks: ['VOO'] })
    const csv = 'Ticker,Type,Date,Price,Shares\nNVDA,Buy,2018-05-11,1194.40,1\nKO,Buy,2034-01-03,x,1\n'
    await importCsv(id, csv)
    await importCsv(id, `${csv}KO,Buy,2034-01-04,60,1\n`)
    await settled(id)
    await post(`/portfolios/${id}/settings`, {
      name: 'Test',
      description: '',
      benchmarks: 'VOO QQQ',
      base_currency: 'USD',
      cost_basis: 'average',
    })
    const text = await log(id)
    expect(text).toContain('1 duplicate was skipped; 1 row was rejected.')
    expect(text).toContain(
      'Yardstick checked 1 trade against that day’s closing price to see whether it was already split-adjusted.',
    )
    expect(text).toMatch(
      /Benchmarks VOO → changed to VOO, QQQ Cost basis First in, first out → changed to Average cost/,
    )
    expect(await log(id, '?show=settings')).not.toContain('imported')
    expect(await log(id, '?show=imports')).not.toContain('changed the settings')
  })

  it('has the refreshes, with what failed and why', async () => {
    const id = await newPortfolio({ benchmarks: ['NOSUCH2'] })
    await settled(id)
    const text = await log(id, '?show=refreshes')
    expect(text).toMatch(/Refresh failed for the new portfolio: 0 of 1 updated in \d+\.\d s\. NOSUCH2 :/)
  })

  it('is paged, each entry once', async () => {
    const id = await newPortfolio()
    const deposits = Array.from({ length: 105 }, (_, i) => ({
      action: 'create' as const,
      subject: `transaction:${i}`,
      before: null,
      after: { type: 'deposit', date: '2034-02-01', amount: BigInt(i + 1) * 10_000_000_000n },
    }))
    const db = database(env.DB)
    for (const [i, deed] of deposits.entries())
      await inOneTransaction(db, appendAudit(db, id, 'owner', [deed], Date.now() + i))
    const first = await page(`/portfolios/${id}/activity?show=edits`)
    const next = /href="([^"]+before=[^"]+)"/.exec(first)![1]!.replaceAll('&amp;', '&')
    const second = await page(next)
    const amounts = [first, second].flatMap((html) =>
      [...words(html).matchAll(/deposit of \$(\d+)\.00/g)].map(([, amount]) => Number(amount)),
    )
    expect(amounts.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 105 }, (_, i) => i + 1))
    // an address from before `deed` became `audit`
    expect(words(await page(next.replace('.audit.', '.deed.')))).toBe(words(second))
    expect(await log(id, '?before=nonsense')).toContain('deposit of $105.00')
  })

  it('of another’s portfolio is not there', async () => {
    const nobody = '/portfolios/00000000-0000-4000-8000-000000000000/activity'
    expect((await request(nobody)).status).toBe(404)
  })
})
