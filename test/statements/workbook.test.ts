import { expect, it } from 'vitest'
import { textOfFile } from '../../src/statements/file-text.ts'
import { read } from './fixture.ts'
import { workbookOf, zip } from './zipped.ts'

const workbook = (sheet: string, others: Record<string, string> = {}) =>
  zip({
    'xl/workbook.xml':
      '<workbook><sheets><sheet name="About" sheetId="1" r:id="rId1"/><sheet name="Trades" sheetId="2" r:id="rId2"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>',
    'xl/sharedStrings.xml':
      '<sst><si><t>Datum</t></si><si><r><t>St</t></r><r><t>ück</t></r></si><si><t>Kurs</t></si><si><t>Symbol</t></si><si><t xml:space="preserve">A&amp;B, Inc</t></si></sst>',
    'xl/styles.xml':
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="4"/></cellXfs></styleSheet>',
    'xl/worksheets/sheet1.xml':
      '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Nothing here</t></is></c></row></sheetData>',
    'xl/worksheets/sheet2.xml': `<worksheet><sheetData>${sheet}</sheetData></worksheet>`,
    ...others,
  })

it('the first sheet with a header is read, with its rows by their numbers', async () => {
  const bytes = workbook(
    `<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="s"><v>3</v></c><c r="C3" t="s"><v>1</v></c><c r="D3" t="s"><v>2</v></c><c r="E3" t="inlineStr"><is><t>Name</t></is></c></row>
     <row r="5"><c r="A5" s="1"><v>45306.5</v></c><c r="B5" t="str"><v>VOO</v></c><c r="C5"><v>-3</v></c><c r="D5" s="2"><v>185.91999999999999</v></c><c r="E5" t="s"><v>4</v></c></row>
     <row r="6"><c r="A6" s="1"><v>45307</v></c><c r="B6" t="str"><v>VOO</v></c><c r="C6"><v>4</v></c><c r="D6"><v>1234.567</v></c></row>`,
  )
  const text = (await textOfFile(bytes)) as string
  // 45306 days after 1899-12-30
  expect(text).toContain('2024-01-15,VOO,-3,185.92,"A&B, Inc"')
  expect(read(text).rows).toMatchObject([
    { line: 5, transaction: { type: 'sell', symbol: 'VOO', date: '2024-01-15', shares: 30_000_000_000n } },
    { line: 6, transaction: { type: 'buy', date: '2024-01-16', price: 12_345_670_000_000n } },
  ])
})

it('an archive of other things, a broken one and one that unpacks to too much are refused in words', async () => {
  expect(await textOfFile(zip({ 'word/document.xml': '<w/>' }))).toEqual({
    problem: 'This archive is no Excel workbook. Save your spreadsheet as XLSX or CSV.',
  })
  expect(await textOfFile(Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0]))).toHaveProperty('problem')
  const bomb = zip({ 'xl/workbook.xml': ' '.repeat(21_000_000) })
  expect(await textOfFile(bomb)).toEqual({
    problem: 'The workbook is too large: unpacked it has more than 20 MB.',
  })
  // a directory that lies about the size
  const lying = bomb.slice()
  new DataView(lying.buffer).setUint32(lying.length - 22 - 'xl/workbook.xml'.length - 46 + 24, 100, true)
  expect(await textOfFile(lying)).toEqual({
    problem: 'The archive cannot be read: it is broken, or unpacked too large.',
  })
})

it('a sheet is read row by row as it is unpacked, and no further than a text may be long', async () => {
  const row = (i: number) => [`2024-01-${String((i % 28) + 1).padStart(2, '0')}`, 'Buy', 'KO', i + 1, 60.5]
  const many = workbookOf([
    ['Date', 'Type', 'Ticker', 'Shares', 'Price'],
    ...Array.from({ length: 9000 }, (_, i) => row(i)),
  ])
  const { rows } = read((await textOfFile(many)) as string)
  expect(rows.map(({ line, transaction }) => [line, transaction.shares])).toEqual(
    Array.from({ length: 9000 }, (_, i) => [i + 2, BigInt(i + 1) * 10_000_000_000n]),
  )
  const wordy = workbookOf([
    ['Date', 'Note'],
    ...Array.from({ length: 11 }, () => ['2024-01-02', 'x'.repeat(500_000)]),
  ])
  expect(await textOfFile(wordy)).toEqual({
    problem: 'The workbook is too large: a sheet has more than 5 MB of text. Split it, for example by year.',
  })
})

it('a sheet for each year is one list', async () => {
  const row = (cells: readonly string[]) =>
    `<row>${cells.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`
  const sheet = (day: string) =>
    `<worksheet><sheetData>${row(['Date', 'Ticker', 'Action', 'Shares', 'Price'])}${row([day, 'KO', 'Bought', '10', '60.5'])}</sheetData></worksheet>`
  const bytes = zip({
    'xl/workbook.xml':
      '<workbook><sheets><sheet name="2023" r:id="rId1"/><sheet name="2024" r:id="rId2"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="worksheets/sheet2.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': sheet('2023-05-02'),
    'xl/worksheets/sheet2.xml': sheet('2024-05-02'),
  })
  const text = await textOfFile(bytes)
  expect(read(text as string).rows.map(({ transaction }) => transaction.date)).toEqual([
    '2023-05-02',
    '2024-05-02',
  ])
})

it('a sheet that is hidden is not read', async () => {
  const row = (cells: readonly string[]) =>
    `<row>${cells.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`
  const sheet = (ticker: string) =>
    `<sheetData>${row(['Date', 'Ticker', 'Type', 'Shares', 'Price'])}${row(['2024-01-16', ticker, 'Buy', '3', '60.5'])}</sheetData>`
  const seen = (first: string, second: string) =>
    zip({
      'xl/workbook.xml': `<workbook><sheets><sheet name="Old" state="${first}" r:id="rId1"/><sheet name="New" state="${second}" r:id="rId2"/></sheets></workbook>`,
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="worksheets/sheet2.xml"/></Relationships>',
      'xl/worksheets/sheet1.xml': sheet('PEP'),
      'xl/worksheets/sheet2.xml': sheet('KO'),
    })
  const tickersOf = async (bytes: Uint8Array) =>
    read((await textOfFile(bytes)) as string).rows.map(({ transaction }) => transaction.symbol)
  expect(await tickersOf(seen('visible', 'visible'))).toEqual(['PEP', 'KO'])
  expect(await tickersOf(seen('hidden', 'visible'))).toEqual(['KO'])
  expect(await tickersOf(seen('visible', 'veryHidden'))).toEqual(['PEP'])
})

it('elements with a prefix, and texts with their sound beside them', async () => {
  const cells = ['Date', 'Ticker', 'Type', 'Shares', 'Price'].map(
    (text) => `<x:c t="inlineStr"><x:is><x:t>${text}</x:t></x:is></x:c>`,
  )
  const text = await textOfFile(
    zip({
      'xl/workbook.xml':
        '<?xml version="1.0"?><x:workbook xmlns:x="urn:x"><x:sheets><x:sheet name="S" r:id="rId1"/></x:sheets></x:workbook>',
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
      'xl/sharedStrings.xml':
        '<x:sst><x:si><x:t>Buy</x:t><x:rPh sb="0" eb="1"><x:t>bye</x:t></x:rPh><x:phoneticPr fontId="1"/></x:si></x:sst>',
      'xl/worksheets/sheet1.xml': `<x:worksheet><x:sheetData><x:row r="1">${cells.join('')}</x:row><x:row r="2"><x:c t="str"><x:v>2024-01-16</x:v></x:c><x:c t="str"><x:v>KO</x:v></x:c><x:c t="s"><x:v>0</x:v></x:c><x:c><x:v>3</x:v></x:c><x:c><x:v>60.5</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
    }),
  )
  expect(text).toBe('Date,Ticker,Type,Shares,Price\r\n2024-01-16,KO,Buy,3,60.5\r\n')
})
