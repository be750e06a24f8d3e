import { afterReading } from './csv.ts'

/**
 * A person's text (a note, say) for a cell of a file that we write. A spreadsheet takes a cell that begins with
 * = + - @ for a formula, so such a text gets an apostrophe in front, as spreadsheets themselves have it; and what
 * reading would change (a no-break space, a carriage return) or what could start a formula in a program that parts
 * cells at ; tab or line ends becomes a JSON string behind an apostrophe. `textOf` gives back exactly the text:
 *
 *     rent                 rent
 *     =1+1                 '=1+1
 *     '=1+1                ''=1+1        what is like an escaped one is escaped once more
 *     'tis                 'tis          all others stay as they are, also from foreign files
 *     a; =1+1              '"a\u003b =1+1"
 */
export function textCell(text: string): string {
  if (afterReading(text) !== text || CONTROL.test(text) || FORMULA_WITHIN.test(text))
    return `'${asJson(text)}`
  return ESCAPED.test(text) || FORMULA.test(text) ? `'${text}` : text
}

/** The text that such a cell stands for; a cell that `textCell` does not write stands for itself. */
export function textOf(cell: string): string {
  if (!cell.startsWith("'")) return cell
  const text = cell.startsWith(`'"`) ? parsed(cell.slice(1)) : cell.slice(1)
  return text !== null && textCell(text) === cell ? text : cell
}

/** Blanks and what cannot be seen do not keep a spreadsheet from it, and some take the wide forms for the same. */
const SIGN = '[=+\\-@＝＋－＠]'
const FORMULA = new RegExp(`^[\\s\\p{C}]*${SIGN}`, 'u')
// the blanks end at the next place where a cell may be parted, else a long run of them would be read again from each
const FORMULA_WITHIN = new RegExp(`[;\\t\\n]['"]*(?:(?![\\t\\n])[\\s\\p{C}])*${SIGN}`, 'u')
/** One apostrophe or more, and then a formula or JSON. */
const ESCAPED = new RegExp(`^'+(?:[\\s\\p{C}]*${SIGN}|")`, 'u')
/** What a file of text does not hold (csv.ts), and halves of a character, which UTF-8 cannot hold. */
const CONTROL = /(?![\t\n])\p{Cc}|[\uFFFD\p{Cs}]/u

/** Printable ASCII without the semicolon, so that nothing in it is read otherwise. */
function asJson(text: string): string {
  return JSON.stringify(text).replace(
    /[^ -:<-~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function parsed(json: string): string | null {
  try {
    return JSON.parse(json) as string
  } catch {
    return null
  }
}
