/** A file inside a zip archive, still packed. */
export type Packed = { name: string; size: number; bytes: Uint8Array; method: number }

/**
 * Lists the files of a zip archive by the directory at its end. Null for what is no such archive, or one of a kind that
 * office programs do not write (several parts, encrypted, more than 4 GB).
 */
export function zipDirectory(archive: Uint8Array): Packed[] | null {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength)
  const end = endOf(view)
  if (end < 0) return null
  const files: Packed[] = []
  let at = view.getUint32(end + 16, true)
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (at + 46 > archive.length || view.getUint32(at, true) !== 0x02014b50) return null
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true)) as [
      number,
      number,
      number,
    ]
    const [packed, size] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)]
    const local = view.getUint32(at + 42, true)
    if (local + 30 > archive.length || (view.getUint16(at + 8, true) & 1) !== 0) return null
    const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
    files.push({
      name: new TextDecoder().decode(archive.subarray(at + 46, at + 46 + nameLength)),
      size,
      bytes: archive.subarray(from, from + packed),
      method: view.getUint16(at + 10, true),
    })
    at += 46 + nameLength + extra + comment
  }
  return files
}

/** The text of a packed file; null when it is longer than `most` bytes, whatever the directory says, or broken. */
export async function unpacked(packed: Packed, most: number): Promise<string | null> {
  let text = ''
  for await (const piece of piecesOf(packed, most)) {
    if (piece === null) return null
    text += piece
  }
  return text
}

/** The same piece by piece, for what is too long to be held; after null there is no more. */
export async function* piecesOf({ bytes, method }: Packed, most: number): AsyncGenerator<string | null> {
  if (method === 0) return yield bytes.length > most ? null : new TextDecoder().decode(bytes)
  if (method !== 8) return yield null
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new DecompressionStream('deflate-raw'))
  const decoder = new TextDecoder()
  const reader = stream.getReader()
  let size = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      size += value.length
      if (size > most) return yield null
      yield decoder.decode(value, { stream: true })
    }
    yield decoder.decode()
  } catch {
    yield null
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

/** The end of the directory is the last thing in the file but for a comment of at most 65,535 bytes. */
function endOf(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 65_535); at--)
    if (view.getUint32(at, true) === 0x06054b50) return at
  return -1
}
