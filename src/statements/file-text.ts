import { textOfArchive } from './archive.ts'
import { isEverything } from './everything.ts'
import { listedDocument } from './listed-document.ts'
import { textWorth } from './text-worth.ts'
import { textOfWorkbook } from './workbook.ts'

/**
 * Returns the text of a file that a person chose: text in UTF-8, UTF-16, Shift JIS, windows-1250 or windows-1252, or the sheet
 * of an Excel workbook, written as lines of cells with commas between them (workbook.ts), as are tables in other documents
 * (listed-document.ts). Of an archive it is the file in it. A problem is one sentence.
 *
 * A byte order mark decides. Without one, UTF-16 shows by its zeros (every second byte of ASCII), UTF-8 by being valid
 * throughout, Shift JIS by words of Japanese, windows-1250 by the letters of Polish, and what is none of these is
 * windows-1252, as spreadsheets in the West save "CSV": no note loses its ü.
 */
export async function textOfFile(bytes: Uint8Array): Promise<string | { problem: string }> {
  // a zip directory begins so: PK, 3, 4
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4)
    return (await textOfArchive(bytes, textWorth)) ?? textOfWorkbook(bytes, textWorth)
  const other = others.find(({ begins }) => begins.every((byte, i) => bytes[i] === byte))
  if (other) return { problem: other.problem }
  const text = decoded(bytes)
  return isEverything(text) ? text : (listedDocument(text) ?? text)
}

/** Files that are neither text nor a workbook, by their first bytes. */
const others = [
  {
    begins: [0xd0, 0xcf, 0x11, 0xe0],
    problem:
      'This is a workbook of an old Excel (.xls). Open it in a spreadsheet, save it as XLSX or CSV, and import that.',
  },
  {
    begins: [0x25, 0x50, 0x44, 0x46],
    problem:
      'This is a PDF document, which has no cells. Your broker offers the same list as CSV or XLSX, often beside it.',
  },
]

/** The text of bytes in whichever of these encodings they are; without a byte order mark. */
export function decoded(bytes: Uint8Array): string {
  const encoding = marked(bytes) ?? wide(bytes.subarray(0, 4096))
  if (encoding) return new TextDecoder(encoding).decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)
  } catch {
    return inOneByte(bytes)
  }
}

/** The text of bytes that are no Unicode: of Japan, of Poland, or else of the West. */
function inOneByte(bytes: Uint8Array): string {
  const japanese = new TextDecoder('shift_jis').decode(bytes)
  const foreign = japanese.match(/[^\p{ASCII}]/gu)?.length ?? 0
  // two signs in a row are no accident, where most of what is not ASCII is in such words
  const inWords = japanese.match(/[ぁ-ヿ一-龯]{2,}/gu)?.join('').length ?? 0
  if (inWords >= 6 && Math.min(inWords, frequentSigns(bytes)) > foreign * 0.6) return japanese
  const western = new TextDecoder('windows-1252').decode(bytes)
  // ą, ł and ż within a word, or where it begins or ends; a Spanish question begins with ¿, and m³ ends with ³
  return /\p{L}[¹³¿]\p{L}|\p{L}¿|[¹³]\p{L}{2}/u.test(western)
    ? new TextDecoder('windows-1250').decode(bytes)
    : western
}

/** How many signs of Shift JIS begin below 0xA0, as kana and the frequent kanji do; `érê` would be two rare ones. */
function frequentSigns(bytes: Uint8Array): number {
  let count = 0
  for (let i = 0; i < bytes.length; i++) {
    const isFrequent = bytes[i]! >= 0x81 && bytes[i]! <= 0x9f
    if (isFrequent) count++
    if (isFrequent || bytes[i]! >= 0xe0) i++
  }
  return count
}

function marked([first, second, third]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | null {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : null
}

/** UTF-16 without a mark: most bytes at the even or the odd places are zero, and few at the others. */
function wide(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const zeros = [0, 0]
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === 0) zeros[i % 2]!++
  const [even, odd] = zeros.map((count) => count / (bytes.length / 2)) as [number, number]
  if (odd > 0.4 && even < 0.1) return 'utf-16le'
  return even > 0.4 && odd < 0.1 ? 'utf-16be' : null
}
