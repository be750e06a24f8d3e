import { expect, it } from 'vitest'
import { told } from '../told.ts'

// Invented rows in the layouts of exchanges that write a coin and its money in one row, and of programs for taxes on coins.

const bitstamp = {
  'the unit beside the number': `Type,Datetime,Account,Amount,Value,Rate,Fee,Sub Type
Deposit,"Mar. 01, 2021, 09:00 AM",Main Account,1000.00 USD,,,,
Market,"Mar. 03, 2021, 10:04 AM",Main Account,0.01000000 BTC,500.00 USD,50000.00 USD,2.50 USD,Buy
Market,"May. 07, 2021, 03:28 PM",Main Account,0.00400000 BTC,220.00 USD,55000.00 USD,1.10 USD,Sell
Withdrawal,"Jun. 01, 2021, 09:00 AM",Main Account,100.00 USD,,,,
`,
  'the unit in a column of its own': `ID,Account,Type,Subtype,Datetime,Amount,Amount currency,Value,Value currency,Rate,Rate currency,Fee,Fee currency,Order ID
1,Main Account,Deposit,,2021-03-01T09:00:00Z,1000.00,USD,,,,,,,
2,Main Account,Market,Buy,2021-03-03T10:04:00Z,0.01000000,BTC,500.00,USD,50000.00,USD,2.50,USD,77
3,Main Account,Market,Sell,2021-05-07T15:28:00Z,0.00400000,BTC,220.00,USD,55000.00,USD,1.10,USD,78
4,Main Account,Withdrawal,,2021-06-01T09:00:00Z,100.00,USD,,,,,,,
`,
}

it.each(Object.entries(bitstamp))('Bitstamp: %s', (_, file) => {
  // 1000 − 500 − 2.50 + 220 − 1.10 − 100
  expect(told(file)).toMatchObject({
    format: 'Bitstamp',
    rejected: [],
    positions: { 'BTC-USD': '0.006' },
    cash: { USD: '616.4' },
  })
})

it('Gemini: a column for each coin, and the balance after each row', () => {
  const file = `Date,Time (UTC),Type,Symbol,Specification,Liquidity Indicator,Trading Fee Rate (bps),USD Amount USD,Fee (USD) USD,USD Balance USD,BTC Amount BTC,Fee (BTC) BTC,BTC Balance BTC,ETH Amount ETH,Fee (ETH) ETH,ETH Balance ETH,Trade ID,Order ID
2024-01-02,10:00:00.000,Credit,USD,Deposit (ACH),,,"$1,000.00 ",,"$1,000.00 ",,,0.0 BTC,,,0.0 ETH,,
2024-01-03,10:00:00.000,Buy,BTCUSD,Market,Taker,40.0,($420.00),($1.68),$578.32 ,0.01 BTC,,0.01 BTC,,,0.0 ETH,1,11
2024-02-03,10:00:00.000,Buy,ETHUSD,Market,Taker,40.0,($250.00),($1.00),$327.32 ,,,0.01 BTC,0.1 ETH,,0.1 ETH,2,12
2024-03-03,10:00:00.000,Sell,BTCUSD,Market,Taker,40.0,$250.00 ,($1.00),$576.32 ,(0.004 BTC),,0.006 BTC,,,0.1 ETH,3,13
2024-03-04,10:00:00.000,Debit,BTC,Withdrawal (BTC),,,,,$576.32 ,(0.001 BTC),,0.005 BTC,,,0.1 ETH,,
`
  // the last balances
  expect(told(file)).toMatchObject({
    rejected: [],
    positions: { 'BTC-USD': '0.005', 'ETH-USD': '0.1' },
    cash: { USD: '576.32' },
  })
})

it('Strike: coins in one column and money in the other', () => {
  const file = `Transaction ID,Initiated Date,Initiated Time (UTC),Completed Date,Completed Time (UTC),Transaction Type,State,Amount USD,Amount BTC,Description,Exchange Rate
s1,Jan 05 2024,10:00:00,Jan 05 2024,10:00:01,Deposit,Completed,500.00,,,
s2,Jan 06 2024,10:00:00,Jan 06 2024,10:00:01,Purchase,Completed,-400.00,0.01,,40000.00
s3,Feb 06 2024,10:00:00,Feb 06 2024,10:00:01,Sell,Completed,180.00,-0.004,,45000.00
s4,Feb 07 2024,10:00:00,Feb 07 2024,10:00:01,Withdrawal,Completed,-80.00,,,
`
  // 500 − 400 + 180 − 80
  expect(told(file)).toMatchObject({
    rejected: [],
    positions: { 'BTC-USD': '0.006' },
    cash: { USD: '200' },
  })
})

it('KuCoin: what was executed, and a fee in a coin that is a dollar', () => {
  const file = `UID,Account Type,Order ID,Order Time(UTC+02:00),Symbol,Side,Order Type,Order Price,Order Amount,Avg. Filled Price,Filled Amount,Filled Volume,Filled Volume (USDT),Filled Time(UTC+02:00),Fee,Fee Currency,Status
1,Trading,k1,2024-01-06 10:00:00,BTC-USDT,BUY,LIMIT,40500,0.02,40000,0.01,400,400,2024-01-06 10:00:01,0.4,USDT,deal
1,Trading,k2,2024-02-06 10:00:00,BTC-USDT,SELL,LIMIT,45000,0.004,45000,0.004,180,180,2024-02-06 10:00:01,0.18,USDT,deal
`
  // −400 − 0.40 + 180 − 0.18
  expect(told(file)).toMatchObject({
    rejected: [],
    positions: { 'BTC-USD': '0.006' },
    cash: { USD: '-220.58' },
  })
})

// What came and what went, under the headings of those who have no format of their own here: each bought 0.01 BTC for 400
// and a fee of 1.50, then sold 0.004 for 180 and a fee of 0.50.
const legs = {
  CoinLedger: `Date (UTC),Platform (Optional),Asset Sent,Amount Sent,Asset Received,Amount Received,Fee Currency (Optional),Fee Amount (Optional),Type,Description (Optional),TxHash (Optional)
01/15/2024 10:00:00,Kraken,EUR,400,BTC,0.01,EUR,1.5,Trade,,
02/20/2024 10:00:00,Kraken,BTC,0.004,EUR,180,EUR,0.5,Trade,,
`,
  Accointing: `transactionType,date,inBuyAmount,inBuyAsset,outSellAmount,outSellAsset,feeAmount (optional),feeAsset (optional),classification (optional),operationId (optional)
order,01/15/2024 10:00:00,0.01,BTC,400,EUR,1.5,EUR,,2
order,02/20/2024 10:00:00,180,EUR,0.004,BTC,0.5,EUR,,3
`,
  ZenLedger: `Timestamp,Type,IN Amount,IN Currency,Out Amount,Out Currency,Fee Amount,Fee Currency,Exchange(optional),US Based
2024-01-15 10:00:00,Buy,0.01,BTC,400,EUR,1.5,EUR,Kraken,Yes
2024-02-20 10:00:00,Sell,180,EUR,0.004,BTC,0.5,EUR,Kraken,Yes
`,
  Blockpit: `Date (UTC),Integration Name,Label,Outgoing Asset,Outgoing Amount,Incoming Asset,Incoming Amount,Fee Asset (optional),Fee Amount (optional),Comment (optional),Trx. ID (optional)
15.01.2024 10:00:00,Kraken,Trade,EUR,400,BTC,0.01,EUR,1.5,,b1
20.02.2024 10:00:00,Kraken,Trade,BTC,0.004,EUR,180,EUR,0.5,,b2
`,
  TaxBit: `Timestamp,Transaction Type,Sent Asset,Sent Amount,Received Asset,Received Amount,Fee Asset,Fee Amount,Market Value Currency,Market Value,Description,Transaction Hash,Transaction ID
2024-01-15 10:00:00,Trade,EUR,400,BTC,0.01,EUR,1.5,,,,,c1
2024-02-20 10:00:00,Trade,BTC,0.004,EUR,180,EUR,0.5,,,,,c2
`,
  BittyTax: `Type,Buy Quantity,Buy Asset,Buy Value in GBP,Sell Quantity,Sell Asset,Sell Value in GBP,Fee Quantity,Fee Asset,Fee Value in GBP,Wallet,Timestamp,Note
Trade,0.01,BTC,,400,EUR,,1.5,EUR,,Kraken,2024-01-15T10:00:00 UTC,
Trade,180,EUR,,0.004,BTC,,0.5,EUR,,Kraken,2024-02-20T10:00:00 UTC,
`,
  Waltio: `Type;Date;Fuseau horaire;Montant reçu;Monnaie ou jeton reçu;Montant envoyé;Monnaie ou jeton envoyé;Frais;Monnaie ou jeton des frais;Exchange / Plateforme;Description;Label
Échange;15/01/2024 10:00:00;GMT;0.01;BTC;400;EUR;1.5;EUR;Kraken;;
Échange;20/02/2024 10:00:00;GMT;180;EUR;0.004;BTC;0.5;EUR;Kraken;;
`,
}

it.each(Object.entries(legs))('%s: two legs under other headings', (_, file) => {
  expect(told(file).rows).toEqual([
    '2 buy BTC-EUR 2024-01-15 0.01 @ 40000 fee 1.5 EUR',
    '3 sell BTC-EUR 2024-02-20 0.004 @ 45000 fee 0.5 EUR',
  ])
})

it('Nexo: what was deposited stands on both sides, and interest has no price', () => {
  const file = `Transaction,Type,Input Currency,Input Amount,Output Currency,Output Amount,USD Equivalent,Details,Date / Time (UTC)
N1,Top up Crypto,BTC,0.01,BTC,0.01,$400.00,approved / deposit,2024-01-05 10:00:00
N2,Interest,BTC,0.0001,BTC,0.0001,$4.00,approved / BTC Interest Earned,2024-01-06 10:00:00
N3,Withdrawal,BTC,-0.002,BTC,0.002,$100.00,approved,2024-01-07 10:00:00
`
  expect(told(file)).toMatchObject({ rejected: [3], positions: { 'BTC-USD': '0.008' } })
})

it('Crypto.com: one coin with what it was worth, or two legs of a trade', () => {
  const file = `Timestamp (UTC),Transaction Description,Currency,Amount,To Currency,To Amount,Native Currency,Native Amount,Native Amount (in USD),Transaction Kind,Transaction Hash
2024-02-01 10:00:00,EUR -> BTC,EUR,-100,BTC,0.0025,EUR,100,108,viban_purchase,
2024-02-03 10:00:00,CRO Stake Rewards,CRO,10,,,EUR,0.8,0.86,mco_stake_reward,
2024-02-04 10:00:00,BTC -> EUR,BTC,-0.001,EUR,42,EUR,42,45,crypto_viban_exchange,
2024-02-05 10:00:00,BTC -> ETH,BTC,-0.001,ETH,0.02,EUR,42,45,crypto_exchange,
`
  expect(told(file)).toMatchObject({
    format: 'Crypto.com',
    rows: [
      '2 buy BTC-EUR 2024-02-01 0.0025 @ 40000 EUR',
      '3 dividend CRO-EUR 2024-02-03 0.8 EUR',
      '3 buy CRO-EUR 2024-02-03 10 @ 0.08 EUR',
      '4 sell BTC-EUR 2024-02-04 0.001 @ 42000 EUR',
    ],
    rejected: [5],
  })
})

it('SwissBorg: what was sold and what was bought are rows of their own, and a fee lessens what came', () => {
  const file = `Local time,Time in UTC,Type,Currency,Gross amount,Gross amount (CHF),Fee,Fee (CHF),Net amount,Net amount (CHF),Note
2024-01-02 09:00:00,2024-01-02 08:00:00,Deposit,CHF,1000,1000,0,0,1000,1000,
2024-01-03 09:00:00,2024-01-03 08:00:00,Sell,CHF,400,400,0,0,400,400,Exchanged to 0.008 BTC
2024-01-03 09:00:00,2024-01-03 08:00:00,Buy,BTC,0.0081,400,0.0001,4.9,0.008,395.1,Exchanged from 400 CHF
2024-02-03 09:00:00,2024-02-03 08:00:00,Sell,BTC,0.005,250,0,0,0.005,250,Exchanged to 247.5 CHF
2024-02-03 09:00:00,2024-02-03 08:00:00,Buy,CHF,250,250,2.5,2.5,247.5,247.5,Exchanged from 0.005 BTC
2024-02-04 09:00:00,2024-02-04 08:00:00,Withdrawal,BTC,0.001,50,0.0001,5,0.0009,45,
`
  expect(told(file)).toEqual({
    format: 'SwissBorg',
    rows: [
      '2 deposit 2024-01-02 1000 CHF',
      // 400 ÷ 0.008
      '4 buy BTC-CHF 2024-01-03 0.008 @ 50000 CHF',
      '5 sell BTC-CHF 2024-02-03 0.005 @ 50000 CHF',
      '6 fee 2024-02-03 2.5 CHF',
      '7 transfer_out BTC-CHF 2024-02-04 0.001 CHF',
    ],
    left_out: [3],
    rejected: [],
    positions: { 'BTC-CHF': '0.002' },
    // 1000 − 400 + 250 − 2.5
    cash: { CHF: '847.5' },
  })
})

it('Bybit: a number has its unit, a dollar coin or the coin itself, and so has a fee', () => {
  const file = `Spot Pairs,Order Type,Direction,Filled Value,Filled Price,Filled Quantity,Fees,Transaction ID,Order No.,Timestamp (UTC)
BTCUSDT,LIMIT,BUY,400.00 USDT,40000.00 USDT,0.01 BTC,0.00001 BTC,1,11,2024-01-03 10:00:00
BTCUSDT,MARKET,SELL,225.00 USDT,45000.00 USDT,0.005 BTC,0.225 USDT,2,12,2024-02-03 10:00:00
`
  expect(told(file).rows).toEqual([
    '2 buy BTC-USD 2024-01-03 0.00999 @ 40000 USD',
    '3 sell BTC-USD 2024-02-03 0.005 @ 45000 fee 0.225 USD',
  ])
})
