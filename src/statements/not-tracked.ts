import type { Cells } from './mapping.ts'
import { isOptionCode } from './security.ts'
import type { Reading } from './statement-format.ts'
import { plainWord } from './type-words.ts'

/** Why a row is left out that is about what is traded besides shares and funds; null for any other. */
export function notTracked({ asset, symbol, isin, name, strike }: Cells): Reading | null {
  if (isOptionCode(symbol) || /[1-9]/.test(strike)) return { skip: 'options are not tracked' }
  // 912828YK0,US TREASURY 1.375% 10/15/2022
  if (isUncoded(symbol, isin) && OF_TREASURY.test(name.slice(0, 100)))
    return { skip: 'bonds and other securities without a ticker are not tracked' }
  if (asset === '') return null
  const word = plainWord(asset)
  // `Stock (derivative)` is a part of a share
  if (/option|\bopt\b|optn|future|warrant|\bfop\b|^derivat/.test(word))
    return { skip: 'options are not tracked' }
  if (/\bcfds?\b|contract for/.test(word)) return { skip: 'contracts for difference are not tracked' }
  if (/\bbonds?\b|fixed income|anleihe|obligat/.test(word) && !/fund|fonds|etf/.test(word))
    return { skip: 'bonds and other securities without a ticker are not tracked' }
  return null
}

const OF_TREASURY =
  /^(?:U\.?S\.? |UNITED STATES )?TREAS(?:URY|URIES|\.?)? (?:BILL|NOTE|BOND|NTS?\b|BDS?\b|\d)/i

/** True for a security that has the number of a bond and no ticker. */
function isUncoded(symbol: string, isin: string): boolean {
  return isin.startsWith('US912') || /^912[A-Z0-9]{6}$/.test(symbol)
}
