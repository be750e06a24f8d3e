import { expect, it } from 'vitest'
import { statementOf, told } from '../told.ts'

// Invented rows in the layouts of exchanges of coins, which are no money whatever a heading calls them.

it('Bitvavo: a column “Currency” that holds coins counts them', () => {
  const file = `Timezone,Date,Time,Type,Currency,Amount,Quote Currency,Quote Price,Received / Paid Currency,Received / Paid Amount,Fee currency,Fee amount,Status,Transaction ID,Address
Europe/Amsterdam,2023-11-30,11:37:41,withdrawal,ETH,-0.01,,,,,ETH,0,Completed,552f,0xae
Europe/Amsterdam,2023-11-30,11:36:46.620,buy,ETH,0.005,EUR,1860,EUR,-9.33,EUR,0.03,Completed,953d,
Europe/Amsterdam,2023-11-30,11:33:24,deposit,EUR,10,,,,,EUR,0,Completed,fee8,NL12
Europe/Amsterdam,2023-02-20,15:15:46.637,sell,ETH,-0.01,EUR,1600,EUR,15.97,EUR,0.03,Completed,59dc,
Europe/Amsterdam,2023-01-30,07:36:16,withdrawal,EUR,-4.63,,,,,EUR,0,Completed,d331,NL12
`
  expect(told(file)).toMatchObject({
    rows: [
      '2 transfer_out ETH-EUR 2023-11-30 0.01',
      '3 buy ETH-EUR 2023-11-30 0.005 @ 1860 fee 0.03 EUR',
      '4 deposit 2023-11-30 10 EUR',
      '5 sell ETH-EUR 2023-02-20 0.01 @ 1600 fee 0.03 EUR',
      '6 withdrawal 2023-01-30 4.63 EUR',
    ],
    rejected: [],
  })
})

it('Crypto.com: rewards are coins, and never so many euros', () => {
  const file = `Timestamp (UTC),Transaction Description,Currency,Amount,To Currency,To Amount,Native Currency,Native Amount,Native Amount (in USD),Transaction Kind,Transaction Hash
2024-11-11 00:33:50,Cardholder CRO Stake Reward,CRO,10,,,EUR,1.10,1.20,finance.lockup.dpos_compound_interest.crypto_wallet,
2024-08-08 06:28:12,Card Cashback,CRO,50,,,EUR,4,5,referral_card_cashback,
2024-05-31 08:35:20,Transfer: App wallet -> Exchange,CRO,-20,,,EUR,1.77,1.80,crypto_to_exchange_transfer,
`
  expect(told(file)).toMatchObject({
    rows: [
      '2 dividend CRO-EUR 2024-11-11 1.1 EUR',
      '2 buy CRO-EUR 2024-11-11 10 @ 0.11 EUR',
      '3 dividend CRO-EUR 2024-08-08 4 EUR',
      '3 buy CRO-EUR 2024-08-08 50 @ 0.08 EUR',
      '4 transfer_out CRO-EUR 2024-05-31 20 EUR',
    ],
    positions: { 'CRO-EUR': '40' },
    cash: { EUR: '0' },
  })
})

it('Relai, Binance: the pair is split', () => {
  expect(
    told(`Date,Transaction Type,BTC Amount,BTC Price,Currency Pair,Fiat Amount (excl. fees),Fiat Currency,Fee,Fee Currency,Destination,Operation ID,Counterparty
2024-09-15T14:23:17Z,Sell,0.001,92000,BTC/CHF,92.00,CHF,0.00,CHF,CH76,39a4,Relai
2024-07-22T09:41:06Z,Buy,0.003,95000,BTC/CHF,285.00,CHF,2.45,CHF,bc1q,0273,Relai
`).rows,
  ).toEqual([
    '2 sell BTC-CHF 2024-09-15 0.001 @ 92000 CHF',
    '3 buy BTC-CHF 2024-07-22 0.003 @ 95000 fee 2.45 CHF',
  ])
})

it('Revolut: a coin is one, whatever it was paid in, and not the fund that is called BTC', () => {
  const file = `Symbol,Type,Quantity,Price,Value,Fees,Date
BTC,Buy,0.001,"89,000.00 SEK",89.00 SEK,0.00 SEK,"May 5, 2020, 10:10:57 PM"
BTC,Sell,0.0002,"86,500.00 SEK",17.30 SEK,0.00 SEK,"Jun 2, 2020, 9:10:31 PM"
BTC,Buy,0.0005,"€36,000.00",€18.00,€0.24,"Mar 8, 2022, 2:08:54 PM"
ETH,Stake,0.18,"24,185.66 SEK","4,353.42 SEK",0.00 SEK,"Feb 2, 2024, 11:03:12 AM"
`
  expect(told(file)).toMatchObject({
    rows: [
      '2 buy BTC-SEK 2020-05-05 0.001 @ 89000 SEK',
      '3 sell BTC-SEK 2020-06-02 0.0002 @ 86500 SEK',
      '4 buy BTC-SEK 2022-03-08 0.0005 @ 36000 fee 0.24 EUR',
    ],
    left_out: [5],
  })
})

it('CoinTracking, Koinly: what came and what went', () => {
  expect(
    told(`"Type","Buy","Cur.","Sell","Cur.","Fee","Cur.","Exchange","Group","Comment","Date","Tx-ID"
"Trade","0.00500000","BTC","500.00000000","EUR","2.00000000","EUR","Kraken","","","2025-01-01 10:12:27",""
"Trade","200.00000000","EUR","0.00200000","BTC","1.00000000","EUR","Kraken","","","2025-01-11 10:12:27",""
"Trade","0.1","ETH","0.00200000","BTC","0","EUR","Kraken","","","2025-01-12 10:12:27",""
"Deposit","1000","EUR","","","0.00000000","","","","","2024-12-20 10:12:27",""
"Withdrawal","","","0.00100000","BTC","0.00000000","","","","","2025-01-13 10:12:27",""
`),
  ).toEqual({
    format: 'CoinTracking',
    rows: [
      '2 buy BTC-EUR 2025-01-01 0.005 @ 100000 fee 2 EUR',
      '3 sell BTC-EUR 2025-01-11 0.002 @ 100000 fee 1 EUR',
      '5 deposit 2024-12-20 1000 EUR',
      '6 transfer_out BTC-EUR 2025-01-13 0.001',
    ],
    left_out: [],
    rejected: [4],
    positions: { 'BTC-EUR': '0.002' },
    // −500 − 2 + 200 − 1 + 1000
    cash: { EUR: '697', '': '0' },
  })
  expect(
    told(`Date,Sent Amount,Sent Currency,Received Amount,Received Currency,Fee Amount,Fee Currency,Net Worth Amount,Net Worth Currency,Label,Description,TxHash
2024-01-15 10:00 UTC,500,EUR,0.005,BTC,2,EUR,,,,,
2024-01-16 10:00 UTC,,,1000,EUR,,,,,,,
2024-02-16 10:00 UTC,0.001,BTC,60,EUR,0.5,EUR,,,,,
`),
  ).toMatchObject({ format: 'Koinly', positions: { 'BTC-EUR': '0.004' }, cash: { EUR: '557.5' } })
})

it('Binance: dollar coins are dollars, a fee in the coin lessens it, and one in another coin is noted', () => {
  const file = `Date(UTC),Pair,Side,Price,Executed,Amount,Fee
2024-01-16 10:00:00,BTCUSDT,BUY,42800,0.0100000000BTC,428.00000000USDT,0.00001000BTC
2024-06-10 12:00:00,BTCUSDT,SELL,69500,0.0050000000BTC,347.50000000USDT,0.34750000USDT
2024-06-11 12:00:00,ETHEUR,BUY,3200,0.5000000000ETH,"1,600.00000000EUR",0.00120000BNB
2024-06-12 12:00:00,ETHBTC,BUY,0.05,0.5000000000ETH,0.02500000BTC,0.00050000ETH
`
  const { rows, rejected } = told(file)
  // 0.01 less 0.00001 for 428; the price follows from the two
  expect(rows[0]).toMatch(/^2 buy BTC-USD 2024-01-16 0\.00999 @ 42842\.84\d* USD$/)
  expect(rows.slice(1)).toEqual([
    '3 sell BTC-USD 2024-06-10 0.005 @ 69500 fee 0.3475 USD',
    // a coin is one, in the currency of most rows, whatever it was paid in
    '4 buy ETH-USD 2024-06-11 0.5 @ 3200 EUR',
  ])
  expect(rejected).toEqual([5])
  expect(statementOf(file).rows[2]!.transaction.note).toBe('fee 0.00120000 BNB')
})

it('CoinTracker: what was received and what was sent', () => {
  const file = `Date,Received Quantity,Received Currency,Sent Quantity,Sent Currency,Fee Amount,Fee Currency,Tag
01/15/2024 10:00:00,0.01,BTC,400,USD,2,USD,
01/20/2024 10:00:00,100,USD,,,,,
02/15/2024 10:00:00,90,USD,0.002,BTC,1,USD,
`
  expect(told(file)).toMatchObject({
    format: 'CoinTracker',
    rejected: [],
    positions: { 'BTC-USD': '0.008' },
    // −400 − 2 + 100 + 90 − 1
    cash: { USD: '-213' },
  })
})

it('a pair in a column called product', () => {
  const file = `portfolio,trade id,product,side,created at,size,size unit,price,fee,total,price/fee/total unit
default,1,BTC-EUR,BUY,2024-01-15T10:00:00.000Z,0.01000000,BTC,40000.00,2.00,-402.00,EUR
default,2,BTC-EUR,SELL,2024-02-15T10:00:00.000Z,0.00500000,BTC,45000.00,1.00,224.00,EUR
`
  // −402 + 224
  expect(told(file)).toMatchObject({ rejected: [], positions: { 'BTC-EUR': '0.005' }, cash: { EUR: '-178' } })
})

it('Binance’s history: the rows of one instant are one trade', () => {
  const file = `User_ID,UTC_Time,Account,Operation,Coin,Change,Remark
123,2024-01-02 10:00:00,Spot,Deposit,EUR,500,
123,2024-01-15 10:00:00,Spot,Transaction Buy,BTC,0.004,
123,2024-01-15 10:00:00,Spot,Transaction Buy,BTC,0.006,
123,2024-01-15 10:00:00,Spot,Transaction Spend,EUR,-160,
123,2024-01-15 10:00:00,Spot,Transaction Spend,EUR,-240,
123,2024-01-15 10:00:00,Spot,Transaction Fee,EUR,-0.4,
123,2024-02-15 10:00:00,Spot,Transaction Sold,BTC,-0.002,
123,2024-02-15 10:00:00,Spot,Transaction Revenue,EUR,90,
`
  expect(told(file)).toMatchObject({
    format: 'Binance',
    rejected: [],
    positions: { 'BTC-EUR': '0.008' },
    // 500 − 400 − 0.40 + 90
    cash: { EUR: '189.6' },
  })
})

it('Ledger Live: coins that came and went, with what they were worth', () => {
  const file = `Operation Date,Status,Currency Ticker,Operation Type,Operation Amount,Operation Fees,Operation Hash,Account Name,Account xpub,Countervalue Ticker,Countervalue at Operation Date,Countervalue at CSV Export
2024-01-15T10:00:00.000Z,Confirmed,BTC,IN,0.01,0.0001,abc,Bitcoin 1,xpub1,EUR,400.00,900.00
2024-02-15T10:00:00.000Z,Confirmed,BTC,OUT,0.005,0.0001,abd,Bitcoin 1,xpub1,EUR,225.00,450.00
`
  expect(told(file)).toMatchObject({ rejected: [], positions: { 'BTC-EUR': '0.005' } })
})

it('Bitfinex: the amount of a pair that has a price counts coins', () => {
  const file = `#,PAIR,AMOUNT,PRICE,FEE,FEE CURRENCY,DATE,ORDER ID
1,BTC/USD,0.01,42000,-0.84,USD,2024-01-15 10:00:00,111
2,BTC/USD,-0.005,45000,-0.45,USD,2024-02-15 10:00:00,112
`
  // −420 − 0.84 + 225 − 0.45
  expect(told(file)).toMatchObject({ positions: { 'BTC-USD': '0.005' }, cash: { USD: '-196.29' } })
})

it('Binance’s history: what was converted is a trade, and what went to savings stays', () => {
  const file = `"User_ID","UTC_Time","Account","Operation","Coin","Change","Remark"
"1","2024-01-17 10:01:00","Spot","Simple Earn Flexible Subscription","BTC","-0.005",""
"1","2024-01-17 10:01:00","Earn","Simple Earn Flexible Subscription","BTC","0.005",""
"1","2024-01-19 10:01:00","Spot","Binance Convert","BTC","-0.001",""
"1","2024-01-19 10:01:00","Spot","Binance Convert","EUR","42",""
`
  expect(told(file)).toMatchObject({
    rows: ['4 sell BTC-EUR 2024-01-19 0.001 @ 42000 EUR'],
    left_out: [2, 3],
    rejected: [],
  })
})
