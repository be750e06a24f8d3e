import type { FileType as Exported } from '../statements/exports/programs.ts'
import type { AppContext } from './request.ts'

type FileType = Exported | 'xml'

/** A file for the reader to keep. */
export function downloaded(c: AppContext, name: string, text: string, type: FileType = 'csv'): Response {
  return c.body(text, 200, {
    'content-type': `${contentTypes[type]}; charset=utf-8`,
    'content-disposition': attachment(`${name}.${type}`),
    'cache-control': 'private, no-store',
  })
}

const contentTypes: Record<FileType, string> = {
  csv: 'text/csv',
  json: 'application/json',
  xml: 'application/xml',
  beancount: 'text/plain',
}

/**
 * Names the downloaded file. A portfolio's name may contain anything, so characters that file systems refuse or that
 * are invisible become underscores. The header has the name twice, as RFC 6266 says: in ASCII for old browsers, and
 * in the encoding of RFC 8187.
 */
function attachment(name: string): string {
  const safe = name
    .toWellFormed()
    .replace(/[\p{C}\p{Zl}\p{Zp}\\/:*?"<>|]/gu, '_')
    .replace(/^[. ]+/, '_')
  const ascii = safe.replace(/[^ -~]/gu, '_').replace(/[%;]/g, '_')
  const encoded = encodeURIComponent(safe).replace(
    /['()*!]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
