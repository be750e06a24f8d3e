import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { stored, text } from '../../src/portfolio/decimal.ts'
import { forgetBeyond } from '../../src/storage/read-once.ts'
import { app } from '../../src/web/app.tsx'
import { HOST, json, request, send, signed } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'
import { countingEnv } from '../worker/counting.ts'
import { invested } from '../worker/invested.ts'
import { page, words } from './page.ts'

let id: string

beforeAll(async () => {
  id = await invested()
})

beforeEach(() => setClock())
afterEach(() => setClock())

const by = (whatIf: string, path = '', query = '') =>
  `/portfolios/${id}${path}?${new URLSearchParams({ what_if: whatIf }).toString()}${query}`
const api = (path: string, whatIf: string, query = '') =>
  json(`/api/portfolios/${id}/${path}?${new URLSearchParams({ what_if: whatIf }).toString()}${query}`)

type Part = { symbol: string; gap: string }
const added = ({ parts, ...lines }: { parts: Part[] } & Record<string, string>) => {
  const own = ['fees', 'interest', 'put_in', 'cash_drag', 'uncovered'].map((line) => lines[line]!)
  return text([...parts.map(({ gap }) => gap), ...own].reduce((sum, each) => sum + stored(each), 0n))
}

const rules = [
  'no TSLA',
  'VOO for TSLA',
  '60 VOO + 40 QQQ for TSLA',
  '4 % for AAPL',
  'QQQ kept',
  'QQQ kept on 2022-06-01',
  'VOO each time',
  'QQQ of 2022-06-01 on 2030-01-03',
]

describe('a what-if', () => {
  it('beside another benchmark has no one gap, and the API says so', async () => {
    const refused = await request(`/api/portfolios/${id}/gap?benchmark=VOO&what_if=no+TSLA`)
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('one of the two')])
    // its own name is no other
    expect((await api('gap', 'no TSLA', '&benchmark=no+TSLA')).benchmark).toBe('no TSLA')
  })

  it.each(rules)(
    '%s is one more benchmark of every figure, and its parts add up to the gap',
    async (rule) => {
      const figures = await api('performance', rule)
      expect(Object.keys(figures.benchmarks)).toEqual([rule, 'VOO', 'QQQ'])
      const { value, gap } = figures.benchmarks[rule]
      expect(Number(figures.value) - Number(value)).toBeCloseTo(Number(gap), 6)

      const report = await api('gap', rule)
      expect(report).toMatchObject({ benchmark: rule, gap, value: figures.value, benchmark_value: value })
      const lines = [report.fees, report.interest, report.put_in, report.cash_drag, report.uncovered]
      const all = [...report.parts.map((part: { gap: string }) => part.gap), ...lines]
      expect(all.reduce((sum, each) => sum + Number(each), 0)).toBeCloseTo(Number(gap), 6)

      const chart = await json(
        `/api/dashboard-chart-data?portfolio_id=${id}&what_if=${encodeURIComponent(rule)}`,
      )
      expect(Object.keys(chart.benchmarks)).toEqual([rule, 'VOO', 'QQQ'])
      expect(Number(chart.benchmarks[rule].value.at(-1))).toBeCloseTo(Number(value), 1)
      // what is saved is as it was
      const { benchmarks } = await json(`/api/portfolios/${id}/performance`)
      expect(benchmarks).toEqual({ VOO: figures.benchmarks.VOO, QQQ: figures.benchmarks.QQQ })
    },
  )

  it('is the first line of its dashboard, with the gap explained by the same panel, at an address that can be sent', async () => {
    const html = await page(by('no TSLA'))
    const shown = words(html)
    expect(shown).toContain('What if I had not bought TSLA?')
    expect(shown).toMatch(
      /The portfolio would be worth \$[\d,.]+ , \$[\d,.]+ less than now, with \$400.00 less put in\./,
    )
    expect(shown).toContain('Why ahead of no TSLA')
    expect(html).toContain('data-benchmarks="[&quot;no TSLA&quot;,&quot;VOO&quot;,&quot;QQQ&quot;]"')
    expect(html).toContain(`data-source="/portfolios/${id}/chart.json?range=all&amp;what_if=no+TSLA"`)
    expect(html).toContain(`data-region="/portfolios/${id}/why?what_if=no+TSLA"`)
    expect(html).toContain(`/gap?benchmark=no%20TSLA&amp;what_if=no+TSLA`)
    expect(html).toContain(`href="/portfolios/${id}" data-leaves="what_if"`)
    expect(words(await page(by('no TSLA', '/regions', '&of=headline,why')))).toContain('ahead of no TSLA')
    const { lines } = await json(by('no TSLA', '/chart.json', '&unit=money'))
    expect(lines.map(({ symbol }: { symbol: string }) => symbol)).toEqual([null, 'no TSLA', 'VOO', 'QQQ'])
    expect((await json(by('no TSLA', '/trades.json'))).length).toBeGreaterThan(3)
    const gap = words(await page(by('no TSLA', '/gap', '&benchmark=no+TSLA')))
    expect(gap).toContain('Why ahead of no TSLA')
    expect(gap).toMatch(/TSLA \+\$/)
    expect(gap).toContain('Put in +$400.00')
    expect(gap).toContain('Gap to no TSLA')
    // the saved ones are a choice away
    expect(words(await page(by('no TSLA', '', '&vs=VOO')))).toMatch(/Why (ahead of|behind) VOO/)
    expect(words(await page(by('no TSLA', '/figures/xirr')))).toContain('no TSLA')
  })

  it('that changes nothing changes no figure', async () => {
    for (const rule of ['TSLA for TSLA', 'QQQ of 2022-06-01 on 2022-06-01']) {
      const { benchmarks, ...own } = await api('performance', rule)
      const { gap, gain, ...same } = benchmarks[rule]
      expect([gap, gain]).toEqual(['0', own.total_gain])
      expect(own).toMatchObject(same)
      expect((await api('gap', rule, '&by=lot')).parts).toEqual([])
    }
  })

  it('divides the gap among purchases and years, and over a period, as the gap to a benchmark', async () => {
    const whole = (await api('gap', 'VOO for TSLA')).gap
    for (const among of ['symbol', 'lot', 'year']) {
      const report = await api('gap', 'VOO for TSLA', `&by=${among}`)
      expect([among, added(report)]).toEqual([among, whole])
      expect(report.gap).toBe(whole)
      expect(new Set(report.parts.map(({ symbol }: Part) => symbol))).toEqual(
        new Set(['TSLA', 'VOO instead']),
      )
    }
    const since = await api('gap', 'VOO for TSLA', '&from=2022-06-30')
    expect(added(since)).toBe(since.gap)
    const then = await api('gap', 'VOO for TSLA', '&as_of=2022-06-30')
    expect(Number(since.gap) + Number(then.gap)).toBeCloseTo(Number(whole), 6)
    for (const [query, shown] of [
      ['&by=lot', /TSLA [A-Z][a-z]+ \d+, \d{4} [+−]\$.* VOO instead [A-Z][a-z]+ \d+, \d{4} [+−]\$/],
      ['&by=year', /2022 [+−]\$/],
      ['&range=12m', /Since the close of .*: what has been added to the gap of that day/],
    ] as const) {
      const asked = `&benchmark=VOO+for+TSLA${query}`
      expect(words(await page(by('VOO for TSLA', '/gap', asked)))).toMatch(shown)
      expect(words(await page(by('VOO for TSLA', '', asked.replace('range', 'period'))))).toMatch(shown)
    }
  })

  it('shows the flows behind each part', async () => {
    const html = await page(by('VOO for TSLA', '/gap', '&benchmark=VOO+for+TSLA'))
    expect(words(html)).toMatch(/VOO instead [+−]\$/)
    for (const [part, shown] of [
      ['TSLA', /Bought, as it is −\$/],
      ['instead', /Bought, what if −\$[\d,.]+ \+\$/],
    ] as const) {
      const address = `/portfolios/${id}/gap/${part}?benchmark=VOO%20for%20TSLA&amp;what_if=VOO+for+TSLA`
      expect(html).toContain(`href="${address}"`)
      const trail = words(await page(address.replaceAll('&amp;', '&')))
      expect(trail).toMatch(shown)
      expect(trail).toMatch(/Together [+−]\$/)
    }
    const putIn = words(await page(by('no TSLA', '/gap/put_in', '&benchmark=no+TSLA')))
    expect(putIn).toMatch(/Put in, as it is \+\$/)
    const { parts } = await api('gap', 'no TSLA', '&by=lot')
    const lot = words(await page(by('no TSLA', '/gap/TSLA', `&benchmark=no+TSLA&lot=${parts[0].lot}`)))
    expect(lot).toContain('A purchase of TSLA against no TSLA')
    expect((await request(by('no TSLA', '/gap/NOPE', '&benchmark=no+TSLA'))).status).toBe(404)
  })

  it('of a past day knows nothing later', async () => {
    const figures = await api('performance', 'no TSLA', '&as_of=2022-05-31')
    expect(figures.as_of).toBe('2022-05-31')
    const html = await page(by('no TSLA', '', '&as_of=2022-05-31'))
    expect(html).toContain('/headline?as_of=2022-05-31&amp;what_if=no+TSLA')
    const refused = await request(by('QQQ kept', '', '&as_of=2022-05-31'))
    expect(refused.status).toBe(400)
    expect(words(await refused.text())).toContain('There is no sale of QQQ.')
  })

  it('costs one KV read, writes nothing and asks for no price, as a look at another benchmark does', async () => {
    const looks = [
      by('VOO for TSLA'),
      by('VOO each time', '/regions', '&of=headline,why'),
      `/portfolios/${id}?vs=4%25`,
    ]
    for (const path of looks) {
      forgetBeyond(0)
      const { env: counting, counts } = countingEnv(env)
      const ctx = createExecutionContext()
      await (await app.fetch(signed(HOST + path), counting, ctx)).text()
      await waitOnExecutionContext(ctx)
      const { kvReads, kvWrites, d1RowsWritten, messages, objectCalls, d1Queries } = counts
      expect([path, { kvReads, kvWrites, d1RowsWritten, messages }]).toEqual([
        path,
        { kvReads: 1, kvWrites: 0, d1RowsWritten: 0, messages: 0 },
      ])
      expect(objectCalls).toBeLessThanOrEqual(2)
      expect(d1Queries).toBeLessThanOrEqual(4)
    }
  })

  it('takes the last day of a form', async () => {
    const html = await page(by('QQQ of 2022-06-01 on', '', '&until=2030-01-03'))
    expect(words(html)).toContain('I had waited with the QQQ trades of Jun 1, 2022 until Jan 3, 2030')
  })

  it.each([
    ['sell everything', 'is no what-if'],
    ['no NOPE', 'There is no transaction of NOPE.'],
    ['TSLA kept', 'There is no sale of TSLA.'],
    ['TSLA of 2012-01-03 on 2099-01-03', '2099-01-03 is in the future.'],
  ])('%s is refused with a sentence', async (rule, sentence) => {
    for (const path of [by(rule), `/api${by(rule, '/performance')}`, `/api${by(rule, '/gap')}`]) {
      const refused = await request(path)
      expect([path, refused.status]).toEqual([path, 400])
      expect(words(await refused.text())).toContain(sentence)
    }
  })

  it('is refused by pages that have none', async () => {
    expect((await request(by('no TSLA', '/transactions'))).status).toBe(400)
  })

  it('is asked once', async () => {
    const twice = await request(`/api${by('no TSLA', '/performance', '&what_if=no+QQQ')}`)
    expect([twice.status, await twice.text()]).toEqual([
      400,
      expect.stringContaining('what_if is given more than once'),
    ])
  })

  it('is asked on the page of a symbol, of a sale, and on the dashboard', async () => {
    const symbol = await page(`/portfolios/${id}/instruments/QQQ`)
    for (const whatIf of ['no+QQQ', 'VOO+for+QQQ', 'QQQ+kept', 'QQQ+kept+on+2022-06-01'])
      expect(symbol).toContain(`href="/portfolios/${id}?what_if=${whatIf}"`)
    expect(symbol).toContain('<option value="QQQ of 2022-06-01 on">')
    expect(symbol).toContain(`href="/portfolios/${id}?what_if=VOO+each+time"`)
    expect(await page(`/portfolios/${id}`)).toContain(`href="/portfolios/${id}/compare"`)
    const all = await page(`/portfolios/${id}/compare`)
    for (const address of ['vs=60+VOO+%2B+40+BND', 'vs=4+%25'])
      expect(all).toContain(`href="/portfolios/${id}?${address}"`)
  })

  it.each([
    ['had=without&symbol=TSLA', 'no+TSLA'],
    ['had=instead&symbol=TSLA&into=world', 'WORLD+for+TSLA'],
    ['had=instead&symbol=TSLA&into=60+VOO+%2B+40+BND', '60+VOO+%2B+40+BND+for+TSLA'],
    ['had=kept&symbol=QQQ&from=', 'QQQ+kept'],
    ['had=kept&symbol=QQQ&from=2022-06-01', 'QQQ+kept+on+2022-06-01'],
    ['had=each+time&into=savings+at+4+%25', '4+%25+each+time'],
    ['had=moved&symbol=QQQ&from=2022-06-01&until=2030-01-03', 'QQQ+of+2022-06-01+on+2030-01-03'],
  ])('the form %s leads to %s', async (fields, whatIf) => {
    const [had] = /had=[a-z+]+/.exec(fields)!
    const form = await page(`/portfolios/${id}/compare`)
    expect(form).toContain(`name="had" value="${had.slice('had='.length).replace('+', ' ')}"`)
    const answer = await request(`/portfolios/${id}/compare?${fields}`, { redirect: 'manual' })
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      `/portfolios/${id}?what_if=${whatIf}`,
    ])
    const past = await request(`/portfolios/${id}/compare?${fields}&as_of=2022-05-31`, { redirect: 'manual' })
    expect(past.headers.get('location')).toContain('&as_of=2022-05-31')
  })

  it.each([
    ['had=kept&symbol=QQQ&from=May', '“May” is not a date such as 2024-03-01'],
    ['had=moved&symbol=QQQ&from=2022-06-01&until=2022-01-03', 'nobody waits backward'],
    ['had=each+time&into=60+VOO', 'its weights add up to 60, not 100'],
    ['had=luck', 'Choose what you might have done'],
  ])('the form %s says what is wrong with it, and keeps what was typed', async (fields, sentence) => {
    const answer = await request(`/portfolios/${id}/compare?${fields}`)
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(words(html)).toContain(sentence)
    expect(html).toContain('role="alert"')
  })

  it('is refused by a share link, whose readers would learn of trades by it', async () => {
    const made = await send(`/api/portfolios/${id}/links`, { note: 'Friends', shows: 'percentages' })
    const { pathname } = new URL(((await made.json()) as { address: string }).address)
    expect((await request(pathname)).status).toBe(200)
    for (const look of ['what_if=no+TSLA', 'what_if=QQQ+kept+on+2022-06-01', 'what_if=nonsense', 'vs=BND']) {
      const refused = await request(`${pathname}?${look}`)
      expect([look, refused.status]).toEqual([look, 400])
      expect(words(await refused.text())).toContain('A shared page shows what its owner has chosen')
    }
    expect((await request(`${pathname.slice(0, -4)}AAAA?what_if=no+TSLA`)).status).toBe(404)
  })
})
