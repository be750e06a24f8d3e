/** The page of an instrument; a symbol may have characters that mean something in an address, such as `^` and `=`. */
export function instrumentPath(portfolio: string, symbol: string): string {
  return `/portfolios/${portfolio}/instruments/${encodeURIComponent(symbol)}`
}

export const SymbolLink = ({ portfolio, symbol }: { portfolio: string; symbol: string }) => (
  <a class="symbol" href={instrumentPath(portfolio, symbol)}>
    {symbol}
  </a>
)
