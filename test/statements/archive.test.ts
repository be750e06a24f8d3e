import { expect, it } from 'vitest'
import { textOfFile } from '../../src/statements/file-text.ts'
import { zip } from './zipped.ts'

const trades = 'Ticker,Date,Type,Shares,Price\nVOO,2024-01-15,Buy,2,435.1\n'

it('the one file of an archive that has a table', async () => {
  expect(await textOfFile(zip({ 'readme.txt': 'Nothing here.', 'trades.csv': trades }))).toBe(trades)
})

it('several tables: which of them is meant, nobody says', async () => {
  expect(await textOfFile(zip({ 'a.csv': trades, 'b.csv': trades }))).toEqual({
    problem: 'This archive has several files, such as a.csv and b.csv. Unpack it and import them one by one.',
  })
})

it('an archive of pictures is no workbook either', async () => {
  expect(await textOfFile(zip({ 'a.png': 'x' }))).toEqual({
    problem: 'This archive is no Excel workbook. Save your spreadsheet as XLSX or CSV.',
  })
})

it('an archive that was downloaded in part is broken', async () => {
  expect(await textOfFile(zip({ 'trades.csv': trades }).subarray(0, 60))).toEqual({
    problem: 'The archive cannot be read: it is broken, or unpacked too large.',
  })
})
