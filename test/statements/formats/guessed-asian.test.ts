import { expect, it } from 'vitest'
import { told } from '../told.ts'

// Invented rows in the layouts of brokers of Asia and Australia, as public importers of them have the columns.

it('SBI and Rakuten: a fund is priced for ten thousand units, which are its share', () => {
  const sbi = `約定履歴照会

約定日,銘柄,銘柄コード,市場,取引,期限,預り,課税,約定数量,約定単価,手数料/諸経費等,税額,受渡日,受渡金額/決済損益
"2024/10/29","メタ","3350","東証",株式現物買,"--"," NISA(成) ","--",100,1350,--,--,"2024/10/31",135000
"2024/11/29","メタ","3350","東証",株式現物売,"--","特定","申告",40,1500,55,--,"2024/12/03",59945
"2024/07/04","ｅＭＡＸＩＳ　Ｓｌｉｍ",,,投信金額買付,"--"," NISA(つ) ","--",20000,35000,--,--,"2024/07/09",70000
2024/12/03,メタ,3350,東証,信用返済売,6ヶ月,特定,申告,100,1290,155,--,2024/12/05,-1095
`
  // the sign of a loss on margin says nothing of what purchases have; that row is asked about
  expect(told(sbi, { securities: () => 'FUND' })).toMatchObject({
    rows: [
      '4 buy 3350.T 2024-10-29 100 @ 1350 JPY',
      '5 sell 3350.T 2024-11-29 40 @ 1500 fee 55 JPY',
      '6 buy FUND 2024-07-04 2 @ 35000 JPY',
    ],
    rejected: [7],
  })
  const rakuten = `約定日,受渡日,ファンド名,分配金,口座,取引,買付方法,数量［口］,単価,経費,為替レート,受付金額[現地通貨],受渡金額/(ポイント利用)[円],決済通貨
"2022/10/28","2022/11/2","eMAXIS Slim","再投資型","特定","買付","積立","10,000","19,661","0","-","-","19,661","円"
`
  expect(told(rakuten, { securities: () => 'FUND' }).rows).toEqual(['2 buy FUND 2022-10-28 1 @ 19661 JPY'])
})

it('Rakuten abroad: a price in dollars that was paid in yen, Hong Kong, and dividends of two currencies', () => {
  const us = `約定日,受渡日,ティッカー,銘柄名,口座,取引区分,売買区分,信用区分,弁済期限,決済通貨,数量［株］,単価［USドル］,約定代金［USドル］,為替レート,手数料［USドル］,税金［USドル］,受渡金額［USドル］,受渡金額［円］
"2025/6/18","2025/6/22","BAC","BANK OF AMERICA","特定","現物","売付","-","-","米ドル","15","57.2000","858.00","160.470","3.86","0.40","853.74","-"
"2025/7/9","2025/7/11","JPM","JP MORGAN CHASE","特定","現物","買付","-","-","円","2","334.1000","668.20","163.540","0.00","0.00","-","109,278.00"
`
  expect(told(us).rows).toEqual([
    '2 sell BAC 2025-06-18 15 @ 57.2 fee 4.26 USD',
    '3 buy JPM 2025-07-09 2 @ 334.1 USD',
  ])
  const hongKong = `約定日,受渡日,銘柄コード,銘柄名,市場,通貨,取引区分,口座区分,数量［株］,単価,約定代金,為替レート,現地手数料,諸費用,国内手数料［円］,税金等［円］,受渡金額［円］
"2024/01/19","2024/01/23","02846","iShares CSI300 ETF","香港","HKドル","買付","NISA","4,000","23.2000","92,800.00","19.08","0.00","0.00","0","0","1,770,624"
`
  expect(told(hongKong).rows).toEqual(['2 buy 2846.HK 2024-01-19 4000 @ 23.2 HKD'])
  const dividends = `入金日,商品,口座,銘柄コード,銘柄,受取通貨,単価[円/現地通貨],数量[株/口],配当・分配金合計（税引前）[円/現地通貨],税額合計[円/現地通貨],受取金額[円/現地通貨]
"2025/12/09","国内株式","特定・一般","8591","オリックス","円","93.76","200","18,752","3,808","14,944"
"2025/12/10","米国株式","特定・一般","AAPL","アップル","USドル","0.26","10","2.60","0.70","1.90"
`
  expect(told(dividends)).toMatchObject({
    positions: {},
    rejected: [],
    cash: { JPY: '14944', USD: '1.9' },
  })
})

it('SBI abroad: the ticker stands in the name, before its exchange', () => {
  const file = `国内約定日,通貨,銘柄名,取引,預り区分,約定数量,約定単価,国内受渡日,受渡金額
"2025年06月08日","米国ドル","ラウンドヒル メモリー ETF DRAM / CBOE","買付","NISA","24","59.7","25/06/10","1432.8"
"2025年06月05日","米国ドル","オラクル ORCL / New York Stock Exchange","売却","特定","11","235","25/06/09","2572.21"
`
  expect(told(file).rows).toEqual([
    '2 buy DRAM 2025-06-08 24 @ 59.7 USD',
    '3 sell ORCL 2025-06-05 11 @ 235 fee 12.79 USD',
  ])
})

it('CommSec’s confirmations: codes of Sydney', () => {
  const file = `Confirmation Number,Order Number,Trade Date,Buy/ Sell,Security,Units,Average Price ($),Brokerage (inc GST.),Net Proceeds ($),Settlement Date,Confirmation Status,
80415128,N95343577,6/11/2017,B,WLE,862,1.160,10.00,1009.92,8/11/2017,Confirmed,
163328781,N202235713,30/06/2025,S,ARL,980,0.400,4.99,387.01,2/07/2025,Confirmed,
`
  expect(told(file).rows).toEqual([
    '2 buy WLE.AX 2017-11-06 862 @ 1.16 fee 10 AUD',
    '3 sell ARL.AX 2025-06-30 980 @ 0.4 fee 4.99 AUD',
  ])
})

it('India: a number of the NSE is no ticker, futures are no shares, and what split cost nothing', () => {
  const upstox = `Date,Company,Amount,Exchange,Segment,Scrip Code,Instrument Type,Strike Price,Expiry,Trade Num,Trade Time,Side,Quantity,Price
12-02-2025,EXAMPLE TEXTILES LTD,1000,NSE,EQ,11111,EQ,,,T1,10:15:00,Buy,10,100
13-03-2025,NIFTY,1875000,NSE,FO,,FUTIDX,0,28-10-2025,T2,09:20:00,BUY,75,25000
`
  expect(
    told(upstox, { securities: ({ name }) => (name.startsWith('EXAMPLE') ? 'EXMPL.NS' : null) }),
  ).toMatchObject({
    rows: ['2 buy EXMPL.NS 2025-02-12 10 @ 100'],
    left_out: [3],
    rejected: [],
  })
  const icici = `Stock Symbol,Company Name,ISIN Code,Action,Quantity,Transaction Price,Brokerage,Transaction Charges,StampDuty,Segment,STT Paid/Not Paid,Remarks,Transaction Date,Exchange,
ACME,ACME LIMITED,INE090A01021,Buy,10,100,1,0.5,0.2,TT,STT Paid,icicidirect,01-Jul-2024,NSE,
ACME,ACME LIMITED,INE090A01021,Buy,5,0,0,0,0,TT,STT Paid,Split/bonus,02-Jul-2024,NSE,
`
  expect(told(icici)).toMatchObject({ rows: ['2 buy ACME.NS 2024-07-01 10 @ 100 fee 1.7'], left_out: [3] })
})
