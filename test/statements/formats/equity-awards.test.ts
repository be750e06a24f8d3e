import { expect, it } from 'vitest'
import { told } from '../told.ts'

it('Schwab’s awards: a sale is what it brought, and what came cost its price on that day', () => {
  const file = `"Date","Action","Symbol","Description","Quantity","FeesAndCommissions","DisbursementElection","Amount","Type","Shares","SalePrice","PurchasePrice","VestDate","VestFairMarketValue","GrossProceeds"
"01/05/2026","Journal","GOOG","Journal To Account ...123","","","","-$3,199.00","","","","","","",""
"01/02/2026","Sale","GOOG","Share Sale","10","$1.00","Journal","$3,199.00","","","","","","",""
"","","","","","","","","RS","4","$320.00","","12/25/2025","$315.00","$1,280.00"
"","","","","","","","","RS","6","$320.00","","12/25/2025","$315.00","$1,920.00"
"12/30/2025","Deposit","GOOG","RS","13","","","","","","","","","",""
"","","","","","","","","","","","","12/25/2025","$315.00",""
"12/15/2025","Tax Withholding","GOOG","Debit","","","","-$0.49","","","","","","",""
"12/15/2025","Dividend","GOOG","Credit","","","","$3.25","","","","","","",""
`
  // 3199 + 1 for 10 shares; −3199 + 3199 − 0.49 + 3.25
  expect(told(file)).toEqual({
    format: 'Schwab Equity Awards',
    rows: [
      '2 withdrawal 2026-01-05 3199 USD',
      '3 sell GOOG 2026-01-02 10 @ 320 fee 1 USD',
      '6 transfer_in GOOG 2025-12-30 13 USD',
      '8 tax GOOG 2025-12-15 0.49 USD',
      '9 dividend GOOG 2025-12-15 3.25 USD',
    ],
    left_out: [],
    rejected: [],
    positions: { GOOG: '3' },
    cash: { USD: '2.76' },
  })
})

it('Morgan Stanley: the plan is a name, its cash is money, and some shares paid the tax', () => {
  const withdrawals = `Date,Order Number,Plan,Type,Order Status,Price,Quantity,Net Amount,Net Share Proceeds,Tax Payment Method
01-Apr-2021,X,GSU Class C,Sale,Complete,"$2,110.00",-2,"$4,219.95",0,N/A
02-Apr-2021,X,Cash,Sale,Complete,$1.00,"-4,218.95","$4,218.95",0,N/A
Please note that any share sales are reflected in pre-split.
`
  const answers = { securities: { 'GSU Class C': 'GOOG' } }
  expect(told(withdrawals, { answers })).toMatchObject({
    rows: ['2 sell GOOG 2021-04-01 2 @ 2110 fee 0.05 USD', '3 withdrawal 2021-04-02 4218.95 USD'],
    rejected: [],
  })
  const releases = `Vest Date,Order Number,Plan,Type,Status,Price,Quantity,Net Cash Proceeds,Net Share Proceeds,Tax Payment Method
25-Mar-2021,X,GSU Class C,Release,Complete,"$2,045.06",20.000,$0.00,10.60,Fractional Shares
`
  expect(told(releases, { answers })).toMatchObject({
    rows: ['2 transfer_in GOOG 2021-03-25 10.6 USD'],
    rejected: [],
  })
})
