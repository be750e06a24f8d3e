import type { Mapping } from './mapping.ts'
import { flexStatement } from './formats/flex-xml.ts'
import { ghostfolioExport } from './formats/ghostfolio-json.ts'
import { ofxStatement } from './formats/ofx.ts'
import { isSnapTrade, snapTradeActivities } from './formats/snaptrade-json.ts'
import { qifStatement } from './formats/qif.ts'
import type { Table } from './tables.ts'

/** A file that is no table, brought into the form of one, with the mapping that reads it. */
export type Document = Table & { mapping: Mapping }

/**
 * Returns the rows of a file in XML, SGML or JSON that is one of the formats known; a problem is a sentence. Null for a file
 * that is a table.
 */
export function documentOf(text: string): Document | { problem: string } | null {
  const start = text.slice(0, 2000).trimStart()
  if (/^(?:<|OFXHEADER)/i.test(start)) {
    if (/<OFX\b|OFXHEADER/i.test(start)) return ofxStatement(text)
    if (/<FlexQueryResponse\b/.test(start)) return flexStatement(text)
    if (/<(?:!doctype )?html\b|<table\b/i.test(start))
      return {
        problem:
          'This is a web page, whatever its name says. Open it in a spreadsheet and save it as XLSX or CSV.',
      }
    return { problem: 'This XML file is neither OFX nor a Flex query of Interactive Brokers.' }
  }
  if (/^!(?:type|account|option|clear)\b/i.test(start)) return qifStatement(text)
  if (isSnapTrade(start)) return snapTradeActivities(text)
  if (start.startsWith('{')) return ghostfolioExport(text)
  return null
}
