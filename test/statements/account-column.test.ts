import { expect, it } from 'vitest'
import { readStatement, type Statement } from '../../src/statements/read-statement.ts'

const read = (text: string, ...without: string[]) =>
  readStatement(text, '2026-11-30', { without: new Set(without) }) as Statement

const csv = `Account Name,Account Number,Date,Type,Ticker,Shares,Price
Taxable,1,2025-02-03,Buy,AAPL,10,220.5
Roth IRA,2,2025-02-04,Buy,MSFT,4,400.25
Roth IRA,2,soon,Buy,MSFT,1,390.25
`

it('the accounts of a file are counted by name, and those that are left out are not read at all', () => {
  expect(read(csv).accounts).toEqual([
    { name: 'Taxable', rows: 1 },
    { name: 'Roth IRA', rows: 2 },
  ])
  const without = read(csv, 'Roth IRA')
  expect(without.rows.map(({ line }) => line)).toEqual([2])
  expect(without.rejected).toEqual([])
  // they stay on the page, to be taken back
  expect(without.accounts).toHaveLength(2)
})

it('a file without such a column has none', () => {
  expect(read('Date,Type,Ticker,Shares,Price\n2025-02-03,Buy,AAPL,10,220.5\n').accounts).toEqual([])
})

it('an OFX file has an account for each of its statements', () => {
  const statement = (account: string, units: number) =>
    `<INVSTMTTRNRS><INVSTMTRS><CURDEF>USD</CURDEF><INVACCTFROM><BROKERID>example.org</BROKERID><ACCTID>${account}</ACCTID></INVACCTFROM><INVTRANLIST><BUYSTOCK><INVBUY><INVTRAN><FITID>${account}</FITID><DTTRADE>20250203</DTTRADE></INVTRAN><SECID><UNIQUEID>037833100</UNIQUEID><UNIQUEIDTYPE>CUSIP</UNIQUEIDTYPE></SECID><UNITS>${units}</UNITS><UNITPRICE>200</UNITPRICE><TOTAL>-${200 * units}</TOTAL></INVBUY></BUYSTOCK></INVTRANLIST></INVSTMTRS></INVSTMTTRNRS>`
  const ofx = `<?OFX OFXHEADER="200"?><OFX><INVSTMTMSGSRSV1>${statement('Z1', 3)}${statement('Z2', 5)}</INVSTMTMSGSRSV1></OFX>`
  expect(read(ofx).accounts).toEqual([
    { name: 'Z1', rows: 1 },
    { name: 'Z2', rows: 1 },
  ])
  expect(read(ofx, 'Z1').rows.map(({ transaction }) => transaction.shares)).toEqual([50_000_000_000n])
})

it('a Flex query has one for each of its statements, whether or not the rows name it', () => {
  const trade = (id: number) =>
    `<Trade symbol="MSFT" tradeDate="20240205" quantity="${id}" tradePrice="404" ibCommission="-1" proceeds="-${404 * id}" currency="USD" assetCategory="STK" buySell="BUY" tradeID="${id}"/>`
  const flex = `<FlexQueryResponse><FlexStatements><FlexStatement accountId="U1"><Trades>${trade(1)}</Trades></FlexStatement><FlexStatement accountId="U2"><Trades>${trade(2)}</Trades></FlexStatement></FlexStatements></FlexQueryResponse>`
  expect(read(flex).accounts).toEqual([
    { name: 'U1', rows: 1 },
    { name: 'U2', rows: 1 },
  ])
  expect(read(flex, 'U2').rows.map(({ transaction }) => transaction.shares)).toEqual([10_000_000_000n])
})
