import type { TextWorth } from './text-worth.ts'
import { unpacked, zipDirectory } from './zip.ts'

/**
 * Returns the text of the file in a zip archive that is worth most as a statement, as exchanges send their lists; null for an
 * archive without a file of text, such as a workbook. Several of the same worth are a problem: which is meant, nobody says.
 */
export async function textOfArchive(
  bytes: Uint8Array,
  worthOf: (text: string) => TextWorth,
): Promise<string | { problem: string } | null> {
  const files = (zipDirectory(bytes) ?? []).filter(
    ({ name }) => /\.(?:csv|tsv|txt|ofx|qfx|qif)$/i.test(name) && !/^__MACOSX|\/\._/.test(name),
  )
  if (files.length === 0) return null
  const texts: { name: string; text: string; worth: number }[] = []
  let left = MOST_BYTES
  for (const file of files.slice(0, MOST_FILES)) {
    const text = await unpacked(file, left)
    if (text === null) return { problem: BROKEN }
    left -= text.length
    texts.push({ name: file.name, text, ...worthOf(text) })
  }
  const [found, other] = texts.toSorted((a, b) => b.worth - a.worth)
  if (other && other.worth > 0 && other.worth === found!.worth)
    return {
      problem: `This archive has several files, such as ${found!.name} and ${other.name}. Unpack it and import them one by one.`,
    }
  return found!.text
}

export const BROKEN = 'The archive cannot be read: it is broken, or unpacked too large.'
const MOST_FILES = 20
const MOST_BYTES = 20_000_000
