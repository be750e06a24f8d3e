import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { lookUp } from '../../src/coordinator/look-ups.ts'
import { HOUR, MINUTE } from '../../src/portfolio/time.ts'
import { json, request } from '../worker/app.ts'
import { NOON, setClock } from '../worker/clock.ts'
import { invested } from '../worker/invested.ts'
import { eventually } from '../worker/underway.ts'
import { page, words } from './page.ts'

let id: string

beforeAll(async () => {
  id = await invested()
})

beforeEach(() => setClock())
afterEach(() => setClock())

const tracked = async () => {
  const rows = env.DB.prepare('SELECT symbol FROM tracked WHERE portfolio_id = ? ORDER BY symbol').bind(id)
  return (await rows.all<{ symbol: string }>()).results.map(({ symbol }) => symbol)
}

/** Asks until the prices are there, as the page does by itself. */
const shownAt = (path: string) =>
  eventually(async () => {
    const answer = await request(path)
    expect([path, answer.status]).toEqual([path, 200])
    return answer.text()
  })

describe('a look at a symbol whose prices nobody has, or not of all years', () => {
  // what is held has prices since the year of its own first purchase
  it.each(['COST', '50 VOO + 50 SAP.DE', 'AAPL'])(
    'has those of %s fetched behind, says so, and shows itself',
    async (benchmark) => {
      const before = await tracked()
      const path = `/portfolios/${id}?vs=${encodeURIComponent(benchmark)}`
      const waiting = await request(path)
      expect([waiting.status, waiting.headers.get('refresh')]).toEqual([202, '3'])
      const text = await waiting.text()
      expect(words(text)).toMatch(
        /The prices of (COST|SAP\.DE|AAPL) are being fetched\. They are here in a few seconds/,
      )
      expect(text).toContain('role="status"')
      const program = await request(`/api/portfolios/${id}/gap?benchmark=${encodeURIComponent(benchmark)}`)
      expect([program.status, program.headers.get('retry-after')]).toEqual([503, '3'])
      expect(await program.json()).toMatchObject({
        status: 503,
        detail: expect.stringContaining('being fetched'),
      })

      const html = await shownAt(path)
      expect(words(html)).toContain(`Also measured against ${benchmark} , for a look: nothing is saved`)
      const { benchmarks, reasons } = await json(
        `/api/portfolios/${id}/performance?vs=${encodeURIComponent(benchmark)}`,
      )
      expect([Number(benchmarks[benchmark].value) > 0, reasons[`benchmarks.${benchmark}`]]).toEqual([
        true,
        undefined,
      ])
      // nothing is saved
      expect(await tracked()).toEqual(before)
      expect((await json(`/api/portfolios/${id}`)).benchmarks).toEqual(['VOO', 'QQQ'])
    },
  )

  it('says of one that the source does not know that there are none, and offers what may be meant', async () => {
    for (const [path, other] of [
      [`/portfolios/${id}?vs=WORLD`, `/portfolios/${id}?vs=VT`],
      [`/portfolios/${id}?what_if=WORLD+for+TSLA`, `/portfolios/${id}?what_if=VT+for+TSLA`],
    ] as const) {
      const refused = await eventually(async () => {
        const answer = await request(path)
        expect(answer.status).toBe(400)
        return answer.text()
      })
      expect(words(refused)).toContain(
        'No prices of WORLD The demo market has no prices of WORLD: No data found',
      )
      expect(words(refused)).toContain('World VT')
      expect(refused).toContain(`href="${other}"`)
    }
    const program = await request(`/api/dashboard-chart-data?portfolio_id=${id}&vs=WORLD`)
    expect(program.status).toBe(400)
  })

  it('is the same for a what-if', async () => {
    const html = await shownAt(`/portfolios/${id}?what_if=DIS+for+TSLA`)
    expect(words(html)).toContain('What if I had put the money for TSLA into DIS')
    expect(await page(`/portfolios/${id}/gap/instead?benchmark=DIS+for+TSLA&what_if=DIS+for+TSLA`)).toContain(
      'Bought',
    )
  })
})

describe('what is asked for a look', () => {
  const wanted = (symbol: string) => ({ symbol, from: '2020-01-01' })
  const at = (...times: [string, number, number][]) =>
    new Map(times.map(([symbol, first, last]) => [symbol, { first, last }]))

  it('is asked once, and again after a minute without an answer', () => {
    const missing = [wanted('A'), wanted('B')]
    expect(lookUp(missing, at(), 'Yahoo', NOON)).toEqual({
      ask: missing,
      told: {
        refused: expect.stringContaining('The prices of A, B are being fetched') as string,
        awaits: true,
      },
    })
    const soon = lookUp(missing, at(['A', NOON, NOON], ['B', NOON, NOON]), 'Yahoo', NOON + MINUTE / 2)
    expect(soon).toMatchObject({ ask: [], told: { awaits: true } })
    const late = lookUp([wanted('A')], at(['A', NOON, NOON]), 'Yahoo', NOON + MINUTE)
    expect(late.ask).toEqual([wanted('A')])
    expect(late.told.refused).toContain('have not come yet: Yahoo may be down')
  })

  it('is nothing while a part is unknown, and twenty symbols an hour', () => {
    const unknown = { symbol: 'X', reason: 'No data found' }
    expect(lookUp([wanted('A'), unknown], at(), 'Yahoo', NOON)).toEqual({
      ask: [],
      told: { refused: 'Yahoo has no prices of X: No data found.', unknown: 'X' },
    })
    const many = Array.from({ length: 20 }, (_, i): [string, number, number] => [
      `S${i}`,
      NOON - HOUR / 2,
      NOON,
    ])
    const refused = lookUp([wanted('A')], at(...many), 'Yahoo', NOON)
    expect(refused.ask).toEqual([])
    expect(refused.told.refused).toContain('Add it to the benchmarks in the settings')
    // what is on its way is waited for
    expect(lookUp([wanted('S1')], at(...many), 'Yahoo', NOON + 1).told.awaits).toBe(true)
  })
})
