import { expect, it } from 'vitest'
import { textOfFile } from '../../src/statements/file-text.ts'
import { listedDocument } from '../../src/statements/listed-document.ts'
import { told } from './told.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

it('a web page, whatever its name says: each row of its table', () => {
  const page = `<html><head><meta charset="utf-8"></head><body><table><tr><th>Datum</th><th>Typ</th><th>ISIN</th><th>St&uuml;ck</th><th>Kurs</th><th>Betrag</th></tr>
<tr><td>15.01.2024</td><td>Kauf</td><td>US0378331005</td><td>10</td><td>170,50</td><td>-1.705,00</td></tr>
<tr><td colspan=3>Summe &amp; Rest</td><td></td><td></td><td><b>-1.705,00</b></td></tr></table></body></html>`
  expect(listedDocument(page)!.split('\r\n')).toEqual([
    'Datum,Typ,ISIN,"Stück",Kurs,Betrag',
    '15.01.2024,Kauf,US0378331005,10,"170,50","-1.705,00"',
    '"Summe & Rest",,,,,"-1.705,00"',
    '',
  ])
  expect(told(listedDocument(page)!).rows).toEqual(['2 buy AAPL 2024-01-15 10 @ 170.5'])
})

it('a workbook of 2003 in XML: cells that are left out keep their places', () => {
  const workbook = `<?xml version="1.0"?><Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table>
<Row><Cell><Data ss:Type="String">Date</Data></Cell><Cell><Data ss:Type="String">Note</Data></Cell><Cell><Data ss:Type="String">Symbol</Data></Cell></Row>
<Row><Cell><Data ss:Type="DateTime">2024-01-15T00:00:00.000</Data></Cell><Cell ss:Index="3"><Data ss:Type="String">AAPL</Data></Cell></Row>
</Table></Worksheet></Workbook>`
  expect(listedDocument(workbook)).toBe('Date,Note,Symbol\r\n2024-01-15T00:00:00.000,,AAPL\r\n')
})

it('JSON: the longest list of objects; Schwab’s is known by its fields', () => {
  const file = JSON.stringify({
    FromDate: '01/01/2024',
    BrokerageTransactions: [
      {
        Date: '03/20/2024 as of 03/19/2024',
        Action: 'Buy',
        Symbol: 'VOO',
        Description: 'VANGUARD',
        Quantity: '2',
        Price: '$470.00',
        'Fees & Comm': '',
        Amount: '-$940.00',
      },
    ],
  })
  expect(told(listedDocument(file)!)).toMatchObject({
    format: 'Schwab',
    rows: ['2 buy VOO 2024-03-19 2 @ 470 USD'],
  })
})

it('JSON: an object a line', () => {
  const file = '{"date":"2024-01-15","symbol":"KO","type":"buy","quantity":10,"price":60.5}\n'
  expect(told(listedDocument(file + file)!).rows).toEqual([
    '2 buy KO 2024-01-15 10 @ 60.5',
    '3 buy KO 2024-01-15 10 @ 60.5',
  ])
})

it('is null for what has a reader of its own, and for text', () => {
  expect(listedDocument('{"meta":{},"activities":[{"symbol":"AAPL"}]}')).toBeNull()
  expect(listedDocument('<FlexQueryResponse></FlexQueryResponse>')).toBeNull()
  expect(listedDocument('<OFX><SIGNONMSGSRSV1></OFX>')).toBeNull()
  expect(listedDocument('{"a": 1}')).toBeNull()
  expect(listedDocument('Ticker,Date,Amount\n')).toBeNull()
})

it('takes no longer for markup that never closes', () => {
  expect(listedDocument(`<html>${'<tr><td '.repeat(50_000)}`)).toBeNull()
  expect(listedDocument(`<html>${'<tr>'.repeat(50_000)}${'<'.repeat(50_000)}`)).toBeNull()
})

it('names a PDF and an old workbook, and says what to do', async () => {
  expect(await textOfFile(bytes('%PDF-1.7'))).toEqual({ problem: expect.stringContaining('PDF') })
  expect(await textOfFile(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1]))).toEqual({
    problem: expect.stringContaining('save it as XLSX or CSV'),
  })
})
