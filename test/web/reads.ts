/** What an open dashboard asks for, by script and by page: each is one KV read. */
export const warmReads: [name: string, path: (id: string) => string][] = [
  ['shell', (id) => `/portfolios/${id}`],
  ['headline', (id) => `/portfolios/${id}/headline`],
  ['chart', (id) => `/portfolios/${id}/chart`],
  ['why', (id) => `/portfolios/${id}/why`],
  ['why, against QQQ', (id) => `/portfolios/${id}/why?vs=QQQ`],
  ['holdings', (id) => `/portfolios/${id}/holdings`],
  ['holdings, the next', (id) => `/portfolios/${id}/holdings/rows?from=0`],
  ['allocation', (id) => `/portfolios/${id}/allocation`],
  ['recent', (id) => `/portfolios/${id}/recent`],
  ['log', (id) => `/portfolios/${id}/log`],
  ['freshness', (id) => `/portfolios/${id}/freshness`],
  ['regions', (id) => `/portfolios/${id}/regions?of=headline,chart,why,holdings,allocation,recent,log`],
  ['chart.json', (id) => `/portfolios/${id}/chart.json`],
  ['trades.json', (id) => `/portfolios/${id}/trades.json`],
  ['symbols.json', (id) => `/portfolios/${id}/symbols.json`],
  ['dashboard-initial-data', (id) => `/api/dashboard-initial-data?portfolio_id=${id}`],
  ['dashboard-holdings-data', (id) => `/api/dashboard-holdings-data?portfolio_id=${id}`],
  ['dashboard-chart-data', (id) => `/api/dashboard-chart-data?portfolio_id=${id}`],
  ['performance', (id) => `/api/portfolios/${id}/performance`],
  ['a figure opened', (id) => `/portfolios/${id}/figures/twr`],
  ['a figure explained', (id) => `/api/portfolios/${id}/performance?explain=twr`],
]

/** What is computed anew for a day or a view, from D1. */
export const computedReads: [name: string, path: (id: string) => string][] = [
  ['performance as_of', (id) => `/api/portfolios/${id}/performance?as_of=2034-06-30`],
  ['performance from', (id) => `/api/portfolios/${id}/performance?from=2034-01-31`],
  ['performance explained', (id) => `/api/portfolios/${id}/performance?explain=xirr`],
  ['holdings as_of', (id) => `/api/dashboard-holdings-data?portfolio_id=${id}&as_of=2034-06-30`],
  ['holdings with lots', (id) => `/api/dashboard-holdings-data?portfolio_id=${id}&lots=1`],
  ['chart as_of', (id) => `/api/dashboard-chart-data?portfolio_id=${id}&as_of=2034-06-30`],
  ['cash flows', (id) => `/api/portfolios/${id}/cash-flows`],
  ['cash flows of VOO', (id) => `/api/portfolios/${id}/cash-flows?view=VOO`],
  ['targets', (id) => `/api/portfolios/${id}/targets?amount=100`],
  ['risk', (id) => `/api/portfolios/${id}/risk`],
  ['risk from', (id) => `/api/portfolios/${id}/risk?from=2034-01-31`],
  ['risk, explained', (id) => `/api/portfolios/${id}/risk?explain=benchmarks.VOO.beta`],
  ['decisions', (id) => `/api/portfolios/${id}/decisions`],
  ['income', (id) => `/api/portfolios/${id}/income`],
  ['rolling.json', (id) => `/portfolios/${id}/risk/rolling.json`],
  ['months.csv', (id) => `/portfolios/${id}/export/months.csv`],
  ['prices.json', (id) => `/portfolios/${id}/instruments/AAPL/prices.json`],
  ['transactions', (id) => `/api/portfolios/${id}/transactions`],
]

/** The other pages: each names the revision that it was made from. */
export const pageReads: [name: string, path: (id: string) => string][] = [
  ['transactions page', (id) => `/portfolios/${id}/transactions`],
  ['dividends page', (id) => `/portfolios/${id}/dividends`],
  ['cash flows page', (id) => `/portfolios/${id}/cash-flows`],
  ['targets page', (id) => `/portfolios/${id}/targets?amount=100`],
  ['decisions page', (id) => `/portfolios/${id}/decisions`],
  ['compare page', (id) => `/portfolios/${id}/compare`],
  ['gap page', (id) => `/portfolios/${id}/gap`],
  ['trail page', (id) => `/portfolios/${id}/gap/AAPL`],
  ['risk page', (id) => `/portfolios/${id}/risk`],
  ['risk page, of a range, against QQQ', (id) => `/portfolios/${id}/risk?range=12m&vs=QQQ`],
  ['risk, a figure opened', (id) => `/portfolios/${id}/risk/beta`],
  ['instrument page', (id) => `/portfolios/${id}/instruments/AAPL`],
  ['activity page', (id) => `/portfolios/${id}/activity`],
  ['settings page', (id) => `/portfolios/${id}/settings`],
]

/** A portfolio with a year of history. */
export const recentTrades = `Ticker,Type,Date,Price,Shares
AAPL,Buy,2034-01-03,400.00,10
MSFT,Buy,2034-02-01,700.00,5
AAPL,Sell,2034-03-01,410.00,2
`
