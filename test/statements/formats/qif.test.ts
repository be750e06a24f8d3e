import { expect, it } from 'vitest'
import { readStatement } from '../../../src/statements/read-statement.ts'
import { told } from '../told.ts'

it('QIF: a field a line, the tickers in a list of their own', () => {
  const file = `!Option:AutoSwitch
!Type:Security
NListed Company
SLSTD
TStock
^
!Type:Invst
D1/15'24
NBuy
YListed Company
I50.00
Q10
T501.00
O1.00
^
D2/16'24
NDiv
YListed Company
T2.40
^
D3/18'24
NSell
YListed Company
I55.00
Q4
T219.00
O1.00
^
D1/ 2'24
NXIn
T1,000.00
^
D4/ 1'24
NIntInc
T0.40
^
`
  expect(told(file)).toEqual({
    format: 'QIF',
    rows: [
      '8 buy LSTD 2024-01-15 10 @ 50 fee 1',
      '16 dividend LSTD 2024-02-16 2.4',
      '21 sell LSTD 2024-03-18 4 @ 55 fee 1',
      '29 deposit 2024-01-02 1000',
      '33 interest 2024-04-01 0.4',
    ],
    left_out: [],
    rejected: [],
    positions: { LSTD: '6' },
    // −501 + 2.40 + 219 + 1000 + 0.40
    cash: { '': '720.8' },
  })
})

it('QIF of a bank account says so', () => {
  expect(readStatement("!Type:Bank\nD1/15'24\nT-10.00\nPShop\n^\n", '2026-11-20')).toEqual({
    problem: 'This QIF file has no investment account in it, only banking.',
  })
})
