import { CASH } from './column-shape.ts'
import type { Cells } from './mapping.ts'
import { coinPair, halvesOfPair, isCoin, isMoney } from './money-codes.ts'
import { currencyIn } from './row-money.ts'

/**
 * The cells of a row that is about money, a coin or a metal, as they are of a share: money has no symbol, and a coin the pair by which
 * the source quotes it in `home`. `areCoins` says that all rows of the table are about coins.
 */
export function asAsset(cells: Cells, areCoins: boolean, home: string): Cells {
  return asCash(areCoins || isOfCoin(cells) ? asCoin(cells, home) : asMetal(cells))
}

/** A symbol that is a currency is no share: what is counted is money. */
function asCash(cells: Cells): Cells {
  const { symbol, amount, shares } = cells
  // $CASH,Deposit,5000
  const isCash = CASH.test(symbol)
  if (!(isMoney(symbol) || isCash) || cells.isin !== '' || !/[1-9]/.test(amount || shares)) return cells
  return {
    ...cells,
    symbol: '',
    name: '',
    currency: isCash ? cells.currency : symbol,
    amount: /[1-9]/.test(amount) ? amount : shares,
    shares: '',
    price: '',
  }
}

/** The pair by which the source quotes a coin: the same for all rows of a table, whatever each was paid in. */
function asCoin(cells: Cells, home: string): Cells {
  const halves = halvesOfPair(cells.symbol)
  if (halves && isMoney(halves.currency))
    return {
      ...cells,
      symbol: `${halves.coin}-${home || halves.currency}`,
      currency: cells.currency || halves.currency,
    }
  const symbol = coinPair(cells.symbol, home || currencyIn(cells.currency))
  return symbol ? { ...cells, symbol } : cells
}

/** `Gold` among metals is a name, and not the ticker of a mine. */
function asMetal(cells: Cells): Cells {
  return /^(?:precious )?metals?$|^edelmetall/i.test(cells.asset)
    ? { ...cells, symbol: '', name: cells.name || cells.symbol }
    : cells
}

/** A row that says itself that its symbol is a coin's. */
function isOfCoin({ symbol, asset, types, name }: Cells): boolean {
  // BTC/EUR among shares
  if (/[/_-]/.test(symbol) && isCoin(halvesOfPair(symbol)?.coin ?? '')) return true
  if (/^crypto(?:currenc(?:y|ies)|s)?$/i.test(asset) && symbol !== '') return true
  return isCoin(symbol) && (/crypto|coin/i.test(`${asset} ${types[0] ?? ''}`) || COIN.test(name))
}

/** What a coin is called, and no fund that holds it. */
const COIN = /^(?:bitcoin|ether(?:eum)?|solana|cardano|litecoin|ripple|xrp|dogecoin|polkadot|avalanche)$/i
