import { html } from './html.ts'

/**
 * Returns the address of an instrument's page. A symbol may contain characters with a meaning in addresses, such as
 * `^` and `=`.
 */
export function instrumentPath(portfolio: string, symbol: string): string {
  return `/portfolios/${portfolio}/instruments/${encodeURIComponent(symbol)}`
}

export const SymbolLink = ({ portfolio, symbol }: { portfolio: string; symbol: string }) =>
  html`<a class="symbol" href="${instrumentPath(portfolio, symbol)}">${symbol}</a>`
