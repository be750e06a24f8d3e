import type { Cells } from './mapping.ts'
import { isOptionCode } from './security.ts'
import type { Reading } from './statement-format.ts'
import { type Kind, plainWord } from './type-words.ts'

/** Why a row is left out that is about what is traded besides shares and funds; null for any other. */
export function notTracked({ asset, symbol, isin, name, note, strike }: Cells): Reading | null {
  // SOLD -1 SPX 100 (Weeklys) 15 NOV 25 6950 PUT @1.35
  const isOption = symbol === '' && [name, note].some((text) => OF_OPTION.test(text.slice(0, 200)))
  if (isOption || isOptionCode(symbol) || /[1-9]/.test(strike)) return { skip: 'options are not tracked' }
  // 912828YK0,US TREASURY 1.375% 10/15/2022
  if (isUncoded(symbol, isin) && OF_TREASURY.test(name.slice(0, 100))) return bond
  if (asset === '') return null
  const word = plainWord(asset)
  // `Stock (derivative)` is a part of a share
  if (/option|\bopt\b|optn|future|^(?:fut|opt)(?:idx|stk|cur|com)|warrant|\bfop\b|^derivat/.test(word))
    return { skip: 'options are not tracked' }
  if (/\bcfds?\b|contract for/.test(word)) return { skip: 'contracts for difference are not tracked' }
  if (/\bbonds?\b|fixed income|anleihe|obligat/.test(word) && !/fund|fonds|etf/.test(word)) return bond
  return null
}

const bond: Reading = { skip: 'bonds and other securities without a ticker are not tracked' }

/** What a bond pays is interest: what was lent for it was not taken from the cash here. */
export function asCoupon(cells: Cells, kindFor: (word: string) => Kind | null): Cells {
  const kind = cells.types.map(kindFor).find((each) => each !== null)
  const isPaid = (kind === 'interest' || kind === 'dividend') && /[1-9]/.test(cells.amount)
  if (!isPaid || notTracked(cells) !== bond) return cells
  const note = cells.note || cells.name
  return {
    ...cells,
    types: ['interest'],
    symbol: '',
    isin: '',
    name: '',
    note,
    asset: '',
    shares: '',
    price: '',
  }
}

const OF_OPTION = /\b\d[\d./]* (?:CALL|PUT)(?: @|$)/

const OF_TREASURY =
  /^(?:U\.?S\.? |UNITED STATES )?TREAS(?:URY|URIES|\.?)? (?:BILL|NOTE|BOND|NTS?\b|BDS?\b|\d)/i

/** True for a security that has the number of a bond and no ticker. */
function isUncoded(symbol: string, isin: string): boolean {
  return isin.startsWith('US912') || /^912[A-Z0-9]{6}$/.test(symbol)
}
