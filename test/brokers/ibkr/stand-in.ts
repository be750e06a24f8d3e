/** What the stand-in has: each trade is `KO 2024-02-05 10 60 T1`, dated in the order of the list. */
const trades = [
  'KO 2034-01-03 10 60 T1',
  'PEP 2034-01-04 5 170 T2',
  'KO 2034-02-01 -4 62 T3',
  'VOO 2034-02-02 2 480 T4',
]

/**
 * Answers as the Flex Web Service does. The query's number says how many trades the statement has; a token that begins with
 * an error's code (10…) is refused with that; a token that ends with 9s is told that its statement is being made, once for each of them.
 */
export function flexStandIn(): (request: Request) => Response {
  const orders = new Map<string, { query: string; token: string; asked: number }>()
  let now = 0
  return (request) => {
    const url = new URL(request.url)
    const [token, asked] = [url.searchParams.get('t') ?? '', url.searchParams.get('q') ?? '']
    if (url.searchParams.get('v') !== '3' || !request.headers.get('user-agent')) return said('1020')
    if (url.pathname.endsWith('/SendRequest')) {
      const code = /^10\d\d/.exec(token)?.[0]
      if (code !== undefined) return said(code)
      const reference = `R${orders.size + 1}`
      orders.set(reference, { query: asked, token, asked: 0 })
      return new Response(
        `<FlexStatementResponse timestamp='30 November, 2026 10:37 AM EST'>\n<Status>Success</Status>\n` +
          `<ReferenceCode>${reference}</ReferenceCode>\n<Url>https://elsewhere.test/GetStatement</Url>\n</FlexStatementResponse>`,
      )
    }
    const order = orders.get(asked)
    if (!order || order.token !== token) return said('1017')
    order.asked++
    const nines = /9*$/.exec(token)![0].length
    return order.asked <= nines ? said('1019', 'Warn') : new Response(statement(Number(order.query), ++now))
  }
}

function said(code: string, status = 'Fail'): Response {
  return new Response(
    `<FlexStatementResponse timestamp='30 November, 2026 10:37 AM EST'>\n<Status>${status}</Status>\n` +
      `<ErrorCode>${code}</ErrorCode>\n<ErrorMessage>It says why.</ErrorMessage>\n</FlexStatementResponse>`,
  )
}

/** No two statements are the same text: each says when it was made. */
function statement(count: number, made: number): string {
  const rows = trades.slice(0, count).map((trade) => {
    const [symbol, day, shares, price, id] = trade.split(' ') as [string, string, string, string, string]
    const side = shares.startsWith('-') ? 'SELL' : 'BUY'
    const proceeds = -Number(shares) * Number(price)
    return `<Trade symbol="${symbol}" listingExchange="NYSE" tradeDate="${day.replaceAll('-', '')}" quantity="${shares}" tradePrice="${price}" ibCommission="-1" proceeds="${proceeds}" currency="USD" assetCategory="STK" buySell="${side}" tradeID="${id}" levelOfDetail="EXECUTION"/>`
  })
  return `<FlexQueryResponse queryName="Yardstick" type="AF">
<FlexStatements count="1">
<FlexStatement accountId="U1" fromDate="20330101" toDate="20340301" whenGenerated="20340301;${String(made).padStart(6, '0')}">
<Trades>
${rows.join('\n')}
</Trades>
</FlexStatement>
</FlexStatements>
</FlexQueryResponse>`
}
