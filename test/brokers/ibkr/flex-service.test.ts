import { describe, expect, it } from 'vitest'
import { interactiveBrokers } from '../../../src/brokers/ibkr/broker.ts'
import { flexStandIn } from './stand-in.ts'

/** Asks the stand-in, and notes which calls were made and how long was waited between them. */
function asking(answer: (request: Request) => Response = flexStandIn()) {
  const [calls, waits]: [string[], number[]] = [[], []]
  const ask = interactiveBrokers.connect(
    {
      fetch: async (input, init) => {
        const request = new Request(input as RequestInfo, init)
        calls.push(request.url)
        return answer(request)
      },
      now: () => 0,
      sleep: async (ms) => waits.push(ms),
      spacing: 0,
    },
    {},
  )
  return { ask, calls, waits: () => waits.filter((ms) => ms > 0) }
}

describe('the Flex Web Service', () => {
  it('is asked for a statement, and then for its text at the same host', async () => {
    const { ask, calls, waits } = asking()
    const delivery = await ask({ token: '200001', query: '2' })
    expect(delivery).toMatchObject({ status: 'ok', text: expect.stringContaining('tradeID="T2"') })
    const base = 'https://ndcdyn.interactivebrokers.com/AccountManagement/FlexWebService'
    expect(calls).toEqual([`${base}/SendRequest?t=200001&q=2&v=3`, `${base}/GetStatement?t=200001&q=R1&v=3`])
    expect(waits()).toEqual([1000])
  })

  it('is asked again while it makes the statement, and is left alone after half a minute', async () => {
    const some = asking()
    expect(await some.ask({ token: '200999', query: '1' })).toMatchObject({ status: 'ok' })
    expect(some.waits()).toEqual([1000, 2000, 3000, 5000])
    const never = asking()
    expect(await never.ask({ token: '29999999999', query: '1' })).toEqual({
      status: 'later',
      reason: 'Interactive Brokers is still making the statement.',
      retryAfter: 600,
    })
    expect(never.calls).toHaveLength(9)
  })

  it.each([
    ['1012', 'The token has expired.'],
    ['1015', 'The token is not valid.'],
    ['1014', 'There is no query with this Query ID.'],
    ['1013', 'limited to other network addresses'],
  ])('refuses with %s until something is changed, and a sentence says what', async (code, words) => {
    const { ask, calls } = asking()
    const delivery = await ask({ token: `${code}55`, query: '1' })
    expect(delivery).toEqual({ status: 'refused', reason: expect.stringContaining(words) })
    expect(calls).toHaveLength(1)
  })

  it.each(['1001', '1009', '1018', '1021', '1099'])('is asked later after its error %s', async (code) => {
    expect(await asking().ask({ token: `${code}55`, query: '1' })).toMatchObject({
      status: 'later',
      reason: expect.stringContaining(code),
    })
  })

  it.each([
    ['nothing', () => new Response('')],
    ['an error of the server', () => new Response('', { status: 503 })],
    ['a way elsewhere', () => Response.redirect('https://elsewhere.test/')],
    ['a page without a code', () => new Response('<FlexStatementResponse><Status>Fail</Status>')],
    ['what is too large', () => new Response('x'.repeat(6_000_000))],
  ])('that answers %s is asked later', async (_, answer) => {
    expect(await asking(answer).ask({ token: '200001', query: '1' })).toMatchObject({ status: 'later' })
  })
})
