import { createHmac } from 'node:crypto'

/** The consumer key of the stand-in's person. */
export const CONSUMER_KEY = 'stand-in-consumer-key'

export type Account = { number: string; activities: object[]; isRead?: boolean }

const security = (symbol: string, code = 'cs') => ({
  id: `security-${symbol}`,
  symbol,
  raw_symbol: symbol.split('.')[0],
  description: `${symbol} Inc.`,
  type: { id: 'type-1', code },
  currency: { code: 'USD', name: 'US Dollar' },
  exchange: { code: 'XNYS', start_time: '09:30:00.000000', close_time: '16:00:00.000000' },
})

/** An activity as SnapTrade lists it: `BUY 2034-01-03 KO 10 60 -600`, with what differs besides. */
export function activity(spelled: string, more: object = {}): object {
  const [type, day, symbol, units, price, amount] = spelled.split(' ') as [string, string, ...string[]]
  return {
    id: crypto.randomUUID(),
    type,
    trade_date: `${day}T15:30:00.000Z`,
    settlement_date: day,
    symbol: symbol === '-' ? null : security(symbol!),
    option_symbol: null,
    units: Number(units),
    price: Number(price),
    amount: Number(amount),
    fee: 0,
    currency: { id: 'currency-1', code: 'USD', name: 'US Dollar' },
    description: `${type} of it`,
    institution: 'Stand-in',
    external_reference_id: null,
    ...more,
  }
}

const four = [
  activity('CONTRIBUTION 2034-01-02 - 0 0 1000'),
  activity('BUY 2034-01-03 KO 10 60 -600'),
  activity('DIVIDEND 2034-02-01 KO 0 0 4.6'),
  activity('SELL 2034-02-02 KO -4 62 248'),
]

/**
 * Answers as SnapTrade does to a personal key, if the signature is right: of the accounts given, or of one account whose number of
 * activities ends the Client ID, PERS-2.
 */
export function snapTradeStandIn(accounts?: readonly Account[]): (request: Request) => Response {
  return (request) => {
    const { pathname, search, searchParams } = new URL(request.url)
    const clientId = searchParams.get('clientId') ?? ''
    const told = `{"content":null,"path":"${pathname}","query":"${search.slice(1)}"}`
    const right = createHmac('sha256', CONSUMER_KEY).update(told).digest('base64')
    const isPersonal = clientId.startsWith('PERS-') && !searchParams.has('userId')
    if (!isPersonal || !searchParams.has('timestamp') || request.headers.get('signature') !== right)
      return Response.json({ detail: 'Unable to verify signature sent', code: '1076' }, { status: 401 })
    const all = accounts ?? [{ number: 'A1', activities: four.slice(0, Number(clientId.split('-')[1])) }]
    if (pathname === '/api/v1/accounts')
      return Response.json(
        all.map(({ number, isRead = true }) => ({
          id: `id-${number}`,
          number,
          name: `Stand-in ${number}`,
          sync_status: { transactions: { initial_sync_completed: isRead } },
        })),
      )
    const [, id] = /^\/api\/v1\/accounts\/id-(\w+)\/activities$/.exec(pathname) ?? []
    const account = all.find(({ number }) => number === id)
    if (!account) return Response.json({ detail: 'Not found' }, { status: 404 })
    const [offset, limit] = [Number(searchParams.get('offset')), Number(searchParams.get('limit'))]
    return Response.json({
      data: account.activities.slice(offset, offset + limit),
      pagination: { offset, limit, total: account.activities.length },
    })
  }
}
