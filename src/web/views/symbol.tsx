/** The page of an instrument; `^GSPC` and `EURUSD=X` are legal symbols. */
export function instrumentPath(portfolio: string, symbol: string): string {
  return `/portfolios/${portfolio}/instruments/${encodeURIComponent(symbol)}`
}

export const SymbolLink = ({ portfolio, symbol }: { portfolio: string; symbol: string }) => (
  <a class="symbol" href={instrumentPath(portfolio, symbol)}>
    {symbol}
  </a>
)
