import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { json, newPortfolio, request, send } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'
import { invested, sharedInvested } from '../worker/invested.ts'
import { page, post, words } from './page.ts'

beforeEach(() => setClock())
afterEach(() => setClock())

const blend = '60 VOO + 40 BND'
const inAddress = encodeURIComponent(blend)

describe('a blend, a rate and a price index as benchmarks', () => {
  it('are priced by their parts and stand in every page and answer by their spelling', async () => {
    const benchmarks = ['60% voo + 40% bnd', '4%', '^gspc']
    const id = await invested(undefined, { benchmarks })
    expect((await json(`/api/portfolios/${id}`)).benchmarks).toEqual([blend, '4 %', '^GSPC'])

    const { benchmarks: figures, reasons } = await json(`/api/portfolios/${id}/performance`)
    expect(Object.keys(figures)).toEqual([blend, '4 %', '^GSPC'])
    for (const spelling of [blend, '4 %', '^GSPC']) {
      expect(reasons[`benchmarks.${spelling}`]).toBeUndefined()
      expect(Number(figures[spelling].value)).toBeGreaterThan(0)
    }
    // a rate returns itself, whatever the flows are
    expect(figures['4 %'].xirr).toBeCloseTo(0.04, 8)

    const gap = await json(`/api/portfolios/${id}/gap?benchmark=${inAddress}`)
    expect(gap.benchmark).toBe(blend)
    const { parts, cash_drag, fees, interest, uncovered } = gap
    const all = [...parts.map((part: { gap: string }) => part.gap), cash_drag, fees, interest, uncovered]
    expect(all.reduce((sum, each) => sum + Number(each), 0)).toBeCloseTo(Number(gap.gap), 6)

    const chart = await json(`/api/dashboard-chart-data?portfolio_id=${id}`)
    expect(Object.keys(chart.benchmarks)).toEqual([blend, '4 %', '^GSPC'])
    expect(chart.benchmarks[blend].value.at(-1)).not.toBeNull()

    const explained = `explain=${encodeURIComponent(`benchmarks.${blend}.xirr`)}`
    const { explain } = await json(`/api/portfolios/${id}/performance?${explained}`)
    expect(explain).toMatchObject({ result: figures[blend].xirr })

    const dashboard = await page(`/portfolios/${id}?vs=${inAddress}`)
    expect(dashboard).toContain(
      'data-benchmarks="[&quot;60 VOO + 40 BND&quot;,&quot;4 %&quot;,&quot;^GSPC&quot;]"',
    )
    expect(words(dashboard)).toContain(
      '60 VOO + 40 BND is a blend of 60 % VOO, 40 % BND, rebalanced at the first',
    )
    expect(words(dashboard)).toContain('^GSPC is a price index and pays no dividends')

    const gapPage = words(await page(`/portfolios/${id}/gap?benchmark=${inAddress}`))
    expect(gapPage).toMatch(/Why (ahead of|behind) 60 VOO \+ 40 BND/)
    expect(words(await page(`/portfolios/${id}/gap/TSLA?benchmark=${inAddress}`))).toContain(
      'TSLA against 60 VOO + 40 BND',
    )
    expect(words(await page(`/portfolios/${id}/cash-flows?view=${inAddress}`))).toContain(
      'Put into 60 VOO + 40 BND',
    )
    expect(words(await page(`/portfolios/${id}/transactions`))).toContain('vs 60 VOO + 40 BND')
    expect(words(await page(`/portfolios/${id}/instruments/BND`))).toContain('BND')
    expect(await page(`/portfolios/${id}/settings`)).toContain('value="60 VOO + 40 BND, 4 %, ^GSPC"')
  })

  it('a part of a blend has a page of its own, and a file of everything brings them back', async () => {
    const id = await invested(undefined, { benchmarks: [blend, '4 %'] })
    expect((await request(`/portfolios/${id}/instruments/BND`)).status).toBe(200)
    const csv = await (await request(`/portfolios/${id}/export/holdings.csv`)).text()
    expect(csv.split('\n')[0]).toContain(blend)
    const everything = await (await request(`/portfolios/${id}/export/everything.json`)).text()
    expect(everything).toContain(`"benchmarks":${JSON.stringify([blend, '4 %'])}`)
    const flows = await request(`/portfolios/${id}/export/cash-flows.csv?view=${inAddress}`)
    expect(flows.status).toBe(200)
    expect(await flows.text()).toContain('Put into 60 VOO + 40 BND')
    // however it is spelled, and nothing asked is the portfolio's own
    const book = (view: string) => json(`/api/portfolios/${id}/cash-flows?view=${encodeURIComponent(view)}`)
    expect(await book('60 voo+40 bnd, rebalanced yearly')).toEqual(await book('60 VOO + 40 BND'))
    expect(await book('')).toEqual(await book('portfolio'))
  })

  it('a blend of one symbol is that symbol, to the last digit', async () => {
    const id = await invested(undefined, { benchmarks: ['100 VOO'] })
    const other = await invested(undefined, { benchmarks: ['VOO'] })
    const figures = async (of: string) => (await json(`/api/portfolios/${of}/performance`)).benchmarks
    expect(await figures(id)).toEqual(await figures(other))
  })

  it('are refused with the reason, and nothing is changed', async () => {
    const id = await newPortfolio({ benchmarks: ['VOO'] })
    const wrong = { benchmarks: ['60 VOO + 30 BND'] }
    const refused = await send(`/api/portfolios/${id}`, wrong, 'PATCH')
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('its weights add up to 90, not 100')
    const again = await post(`/portfolios/${id}/settings`, { name: 'x', benchmarks: 'VOO, 101 %' })
    expect(again.status).toBe(422)
    expect(await again.text()).toContain('is not a rate from 0 to 100 %')
    expect((await json(`/api/portfolios/${id}`)).benchmarks).toEqual(['VOO'])
  })
})

describe('a look at another benchmark', () => {
  it('shows any that has prices on the dashboard, in its parts and answers, and saves nothing', async () => {
    const id = await sharedInvested(undefined, { benchmarks: ['VOO', 'BND'] })
    const at = (path: string, query = '') => `/portfolios/${id}${path}?vs=${inAddress}${query}`
    const html = await page(at(''))
    expect(words(html)).toContain('Also measured against 60 VOO + 40 BND , for a look: nothing is saved')
    expect(words(html)).toMatch(/Why (ahead of|behind) 60 VOO \+ 40 BND/)
    const kept = 'vs=60+VOO+%2B+40+BND'
    expect(html).toContain(`data-source="/portfolios/${id}/chart.json?range=all&amp;${kept}"`)
    expect(html).toContain(`data-region="/portfolios/${id}/headline?${kept}"`)
    expect(html).toContain(`href="/portfolios/${id}" data-leaves="vs"`)
    // the page of a symbol too
    expect(html).toContain(`/instruments/TSLA?${kept}"`)
    expect(words(await page(at('/instruments/TSLA')))).toContain(`vs ${blend}`)
    expect((await page(at('/export/holdings.csv'))).split('\n')[0]).toContain(blend)
    expect(words(await page(at('/regions', '&of=headline')))).toMatch(/(ahead of|behind) 60 VOO \+ 40 BND/)
    const { lines } = await json(at('/chart.json', '&unit=money'))
    expect(lines.map(({ symbol }: { symbol: string }) => symbol)).toEqual([null, 'VOO', 'BND', blend])
    expect(words(await page(`/portfolios/${id}/gap?benchmark=${inAddress}`))).toContain(blend)
    expect(words(await page(`/portfolios/${id}/gap/TSLA?benchmark=${inAddress}`))).toContain(blend)

    // as if it were saved, to the last digit
    const saved = await sharedInvested(undefined, { benchmarks: ['VOO', 'BND', blend] })
    for (const query of ['', '&as_of=2022-05-31', '&from=2022-01-03']) {
      const own = await json(`/api/portfolios/${saved}/performance?${query}`)
      expect(await json(`/api${at('/performance', query)}`)).toEqual(own)
    }
    const gap = (of: string) => json(`/api/portfolios/${of}/gap?benchmark=${inAddress}`)
    expect(await gap(id)).toEqual(await gap(saved))
    expect((await json(`/api/portfolios/${id}`)).benchmarks).toEqual(['VOO', 'BND'])
    expect(words(await page(`/portfolios/${id}`))).not.toContain(blend)
  })

  it('reaches the transactions and the cash flows, and what compares with nothing is as it is', async () => {
    const id = await sharedInvested(undefined, { benchmarks: ['VOO', 'BND'] })
    const saved = await sharedInvested(undefined, { benchmarks: ['VOO', 'BND', blend] })
    const at = (path: string, query = '') => `/portfolios/${id}${path}?vs=${inAddress}${query}`
    const kept = 'vs=60+VOO+%2B+40+BND'
    const html = await page(at(''))
    for (const path of ['/transactions', '/cash-flows', '/decisions', '/risk'])
      expect(html).toContain(`href="/portfolios/${id}${path}?${kept}"`)
    expect(html).toContain(`href="/portfolios/${id}/dividends"`)
    const list = await page(at('/transactions', '&sort=vs-60+VOO+%2B+40+BND'))
    expect(words(list)).toContain(`Also measured against ${blend}`)
    // as if it were saved, to the last word
    const tableOf = (of: string) => words(/<table[^>]*trades[^]*?<\/table>/.exec(of)![0])
    const savedList = await page(`/portfolios/${saved}/transactions?sort=vs-60+VOO+%2B+40+BND`)
    expect(tableOf(list)).toBe(tableOf(savedList))
    expect(list).toContain(`&amp;${kept}"`)
    const flows = await page(at('/cash-flows', `&view=${inAddress}`))
    expect(words(flows)).toContain(`The same deposits and withdrawals in ${blend}`)
    expect(flows).toContain(`/export/cash-flows.csv?view=60+VOO+%2B+40+BND&amp;${kept}"`)
    for (const path of ['export/cash-flows.csv', 'cash-flows']) {
      const asked = (of: string, vs = '') => {
        const address = `/portfolios/${of}/${path}?view=${inAddress}${vs}`
        return page(path === 'cash-flows' ? `/api${address}` : address)
      }
      expect(await asked(id, `&${kept}`)).toBe(await asked(saved))
    }
    // the way back stays on the page
    for (const path of ['/transactions', '/cash-flows', '/decisions', '/instruments/TSLA'])
      expect(await page(at(path))).toContain(`href="/portfolios/${id}${path}" data-leaves="vs"`)
    // without the look there is no such view
    expect((await request(`/api/portfolios/${id}/cash-flows?view=${inAddress}`)).status).toBe(400)
  })

  it('says of a price index and of a rate that no dividend of theirs is reinvested', async () => {
    const id = await sharedInvested()
    for (const [benchmark, note] of [
      ['^GSPC', '^GSPC is a price index and pays no dividends'],
      ['4 %', '4 % is a fixed yearly rate'],
    ] as const) {
      const vs = encodeURIComponent(benchmark)
      const path = `/portfolios/${id}/cash-flows?vs=${vs}&view=${vs}`
      const flows = await vi.waitFor(() => page(path), { timeout: 30_000 })
      expect(words(flows)).toContain(note)
      expect(words(flows)).toContain('each withdrawal sells.')
      expect(words(flows)).not.toContain('included in its value')
      expect(words(await page(`/portfolios/${id}/transactions?vs=${vs}`))).toMatch(/reinvested none/)
      const each = encodeURIComponent(`${benchmark} each time`)
      const gap = words(await page(`/portfolios/${id}/gap?benchmark=${each}&what_if=${each}`))
      expect(gap).toContain(`What if I had put every deposit into ${benchmark}?`)
      expect(gap).toContain(note)
    }
  })

  it('stays with the list while a transaction is edited', async () => {
    const id = await invested(undefined, { benchmarks: ['VOO'] })
    const vs = 'vs=QQQ'
    const list = await page(`/portfolios/${id}/transactions?${vs}`)
    const [, edit = ''] = /hx-get="([^"]*\/edit[^"]*)"/.exec(list)!
    expect(edit).toContain(vs)
    const [, added = ''] = /href="([^"]*\/transactions\/new[^"]*)"/.exec(list)!
    expect(added).toContain(vs)
    const form = await page(added.replaceAll('&amp;', '&'))
    const [, action = ''] = /<form[^>]* action="([^"]*\/transactions\?[^"]*)"/.exec(form)!
    expect(action).toContain(vs)
    const fields = { type: 'buy', symbol: 'TSLA', date: '2022-06-01', shares: '1', price: '100', key: 'k' }
    const answer = await request(action.replaceAll('&amp;', '&'), {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { 'hx-request': 'true' },
    })
    expect(answer.status).toBe(200)
    const shown = await answer.text()
    expect(words(shown)).toContain('vs QQQ')
    expect(shown).toContain(vs)
  })

  it('of the same day as the page', async () => {
    const id = await sharedInvested(undefined, { benchmarks: ['VOO', 'BND'] })
    const html = await page(`/portfolios/${id}?vs=${inAddress}&as_of=2022-05-31`)
    expect(html).toContain(`/headline?as_of=2022-05-31&amp;vs=60+VOO+%2B+40+BND`)
    expect(words(html)).toContain('As of May 31, 2022')
  })

  it('is refused where it is none, and a rate needs no prices', async () => {
    const id = await sharedInvested()
    expect((await request(`/portfolios/${id}?vs=60%20VOO`)).status).toBe(400)
    expect(words(await page(`/portfolios/${id}?vs=4%25`))).toContain('4 % is a fixed yearly rate')
  })
})

describe('the field of benchmarks', () => {
  const options = async (typed: string, q = '') => {
    const address = `/securities?${new URLSearchParams({ q, benchmark: typed }).toString()}`
    const html = await page(address, { headers: { 'hx-request': 'true' } })
    return [...html.matchAll(/data-symbol="([^"]+)"/g)].map(([, symbol]) => symbol)
  }

  it('suggests common ones by their names, and what is typed where it is a rate', async () => {
    expect(await options('s&p 500')).toEqual(['VOO', '^GSPC'])
    expect(await options('nasdaq 100')).toEqual(['QQQ'])
    expect(await options('world')).toContain('VT')
    expect(await options('60/40')).toContain(blend)
    expect(await options('savings at 3.5 %')).toEqual(['3.5 %'])
    expect((await options('')).length).toBeGreaterThan(5)
  })

  it('takes a list with a blend in it, and asks for each ticker that is not known', async () => {
    const id = await newPortfolio({ benchmarks: ['VOO'] })
    const benchmarks = '60 VOO + 40 bnd quarterly, S&P 500, 4%'
    expect((await post(`/portfolios/${id}/settings`, { name: 'x', benchmarks })).status).toBe(303)
    expect((await json(`/api/portfolios/${id}`)).benchmarks).toEqual([
      '60 VOO + 40 BND quarterly',
      'VOO',
      '4 %',
    ])
    const asked = await post(`/portfolios/${id}/settings`, { name: 'x', benchmarks: '60 VOO + 40 NOPE7' })
    expect(asked.status).toBe(422)
    expect(words(await asked.text())).toContain('knows no NOPE7')
  })
})
