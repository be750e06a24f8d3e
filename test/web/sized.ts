/** The same trades in different sizes. */
export const trades = (times: number) => `Ticker,Type,Date,Price,Shares
AAPL,Buy,2034-01-03,400,${123 * times}
KO,Buy,2034-02-01,60,${456 * times}
AAPL,Sell,2034-03-01,450,${23 * times}
`
