import { describe, expect, it } from 'vitest'
import { snapTrade } from '../../../src/brokers/snaptrade/broker.ts'
import { told } from '../../statements/told.ts'
import { type Account, activity, CONSUMER_KEY, snapTradeStandIn } from './stand-in.ts'

const NOW = Date.UTC(2034, 2, 1)

function asking(
  accounts: readonly Account[],
  answer: (request: Request) => Response | Promise<Response> = snapTradeStandIn(accounts),
) {
  const calls: string[] = []
  const ask = snapTrade.connect(
    {
      fetch: async (input, init) => {
        const request = new Request(input as RequestInfo, init)
        calls.push(request.url.replace(/clientId=[^&]*&timestamp=/, ''))
        return answer(request)
      },
      now: () => NOW,
      sleep: async () => {},
      spacing: 0,
    },
    {},
  )
  return { ask: (query = 'PERS-ME', token = CONSUMER_KEY) => ask({ token, query }), calls }
}

const one = (...activities: object[]): Account[] => [{ number: 'A1', activities }]

/** What becomes of an account with these activities. */
async function readingOf(...activities: object[]) {
  const delivery = await asking(one(...activities)).ask()
  if (delivery.status !== 'ok') throw new Error(delivery.reason)
  return told(delivery.text)
}

describe('SnapTrade, asked by a personal key,', () => {
  it('is asked for the accounts and each thousand of activities, signed', async () => {
    const many = Array.from({ length: 1001 }, (_, i) =>
      activity(`BUY 2034-01-03 KO ${i + 1} 60 ${-60 * (i + 1)}`),
    )
    const { ask, calls } = asking(one(...many))
    const delivery = await ask()
    expect(delivery.status === 'ok' && delivery.text.match(/"BUY"/g)).toHaveLength(1001)
    const base = 'https://api.snaptrade.com/api/v1/accounts'
    const seconds = NOW / 1000
    expect(calls).toEqual([
      `${base}?${seconds}`,
      `${base}/id-A1/activities?${seconds}&limit=1000&offset=0`,
      `${base}/id-A1/activities?${seconds}&limit=1000&offset=1000`,
    ])
  })

  it('is read to its end where its pages are shorter than asked for, or it tells no total', async () => {
    const activities = Array.from({ length: 5 }, (_, i) => activity(`BUY 2034-01-03 KO ${i + 1} 60 -60`))
    const whole = snapTradeStandIn(one(...activities))
    for (const pagination of [{ total: 5 }, undefined]) {
      const { ask } = asking([], async (request) => {
        const answer = whole(request)
        if (!request.url.includes('/activities')) return answer
        const { data } = (await answer.json()) as { data: object[] }
        return Response.json({ data: data.slice(0, 2), pagination })
      })
      const delivery = await ask()
      expect(delivery.status === 'ok' && delivery.text.match(/"BUY"/g)).toHaveLength(5)
    }
  })

  it('gives the same text for the same activities, in whatever order and under whatever ids', async () => {
    const [bought, paid] = ['BUY 2034-01-03 KO 10 60 -600', 'DIVIDEND 2034-02-01 KO 0 0 4.6']
    const texts = await Promise.all(
      [
        [bought!, paid!],
        [paid!, bought!],
      ].map((list) => asking(one(...list.map((each) => activity(each)))).ask()),
    )
    expect(texts[0]).toMatchObject({ status: 'ok' })
    expect(texts[0]).toEqual(texts[1])
  })

  it('reads all accounts, or the one whose number is named', async () => {
    const accounts = ['A1', 'B2'].map((number) => ({
      number,
      activities: [activity('BUY 2034-01-03 KO 10 60 -600')],
    }))
    const count = async (query: string) => {
      const delivery = await asking(accounts).ask(query)
      return delivery.status === 'ok' ? delivery.text.match(/"account":"[^"]+"/g) : delivery.reason
    }
    expect(await count('PERS-ME')).toEqual(['"account":"Stand-in A1 A1"', '"account":"Stand-in B2 B2"'])
    expect(await count('PERS-ME/B2')).toEqual(['"account":"Stand-in B2 B2"'])
    expect(await count('PERS-ME/C3')).toBe('SnapTrade has no account with the number C3. It has A1, B2.')
  })

  it('says what is to be done where it refuses, and is asked later where that passes', async () => {
    expect(await asking(one()).ask('PERS-ME', 'another-consumer-key')).toMatchObject({
      status: 'refused',
      reason: expect.stringMatching(/does not accept/),
    })
    expect(await asking([]).ask()).toMatchObject({
      status: 'refused',
      reason: expect.stringMatching(/No broker/),
    })
    expect(await asking([{ number: 'A1', activities: [], isRead: false }]).ask()).toMatchObject({
      status: 'later',
    })
    const answers = [
      () => new Response('not JSON'),
      () => Response.json({ what: 1 }),
      () => new Response('', { status: 503 }),
      () => new Response('', { status: 429, headers: { 'retry-after': '60' } }),
      () => Response.redirect('https://elsewhere.test/'),
    ]
    for (const answer of answers) expect(await asking([], answer).ask()).toMatchObject({ status: 'later' })
  })
})

describe('an activity of SnapTrade', () => {
  it('is a transaction of ours, by its kind', async () => {
    const read = await readingOf(
      activity('CONTRIBUTION 2024-01-02 - 0 0 5000'),
      activity('BUY 2024-01-03 BRK.B 10 60 -601', { fee: 1 }),
      activity('BUY 2024-01-04 VAB.TO 5.2 0.4 -2.08'),
      activity('DIVIDEND 2024-01-05 KO 0 0 4.6'),
      activity('REI 2024-01-06 KO 0.07 65 -4.55'),
      activity('SELL 2024-01-07 KO -4 62 248'),
      activity('INTEREST 2024-01-08 - 0 0 1.5'),
      activity('FEE 2024-01-09 - 0 0 -2'),
      activity('TAX 2024-01-10 KO 0 0 -0.69'),
      activity('TRANSFER 2024-01-11 PEP 3 170 0'),
      activity('TRANSFER 2024-01-12 PEP -1 0 0'),
      activity('TRANSFER 2024-01-13 - 0 0 -100'),
      activity('WITHDRAWAL 2024-01-14 - 0 0 -300'),
    )
    expect(read).toEqual({
      format: 'SnapTrade',
      rows: [
        '2 deposit 2024-01-02 5000 USD',
        '3 buy BRK-B 2024-01-03 10 @ 60 fee 1 USD',
        '4 buy VAB.TO 2024-01-04 5.2 @ 0.4 USD',
        '5 dividend KO 2024-01-05 4.6 USD',
        '6 buy KO 2024-01-06 0.07 @ 65 USD',
        '7 sell KO 2024-01-07 4 @ 62 USD',
        '8 interest 2024-01-08 1.5 USD',
        '9 fee 2024-01-09 2 USD',
        '10 tax KO 2024-01-10 0.69 USD',
        '11 transfer_in PEP 2024-01-11 3 USD',
        '12 transfer_out PEP 2024-01-12 1 USD',
        '13 withdrawal 2024-01-13 100 USD',
        '14 withdrawal 2024-01-14 300 USD',
      ],
      left_out: [],
      rejected: [],
      positions: { 'BRK-B': '10', 'VAB.TO': '5.2', KO: '-3.93', PEP: '2' },
      // 5000 - 601 - 2.08 + 4.60 - 4.55 + 248 + 1.50 - 2 - 0.69 - 100 - 300
      cash: { USD: '4243.78' },
    })
  })

  it('is left out where the ledger has it otherwise, and asked about where nobody knows its kind', async () => {
    const read = await readingOf(
      activity('SPLIT 2024-01-02 KO 10 0 0'),
      activity('STOCK_DIVIDEND 2024-01-03 KO 1 0 0'),
      activity('BUY 2024-01-04 KO 1 2.5 -250', { option_symbol: { ticker: 'KO    260116C00050000' } }),
      activity('OPTIONEXPIRATION 2024-01-05 KO -1 0 0'),
      activity('OPTIONASSIGNMENT 2024-01-06 KO -1 0 0'),
      activity('SOMETHING_NEW 2024-01-07 KO 0 0 12'),
      activity('BUY 2024-01-08 - 5 20 -100'),
    )
    // SOMETHING_NEW, and shares of nobody knows what
    expect(read).toMatchObject({
      rows: ['3 stock_dividend KO 2024-01-03 1'],
      left_out: [2, 4, 5, 6],
      rejected: [7, 8],
    })
  })
})
