import { expect, it } from 'vitest'
import { american, written } from '../../src/portfolio/sentence.ts'
import { digest } from '../../src/snapshot/digest.ts'
import { localeOf } from '../../src/web/locale.ts'
import { closes, ledger } from '../notation.ts'
import { factsOf } from './alerts/facts.ts'

const digestOf = (of: ReturnType<typeof ledger>, from: string, locale = american) => {
  const facts = factsOf(of)
  return digest(of, facts.series, facts.snapshot, from).map((each) => written(each, locale))
}
const german = localeOf({ language: 'de', locale: 'de-DE' })

const markets = closes({
  VOO: '2024-01-02 100, 2024-01-05 100, 2024-01-12 101',
  KO: '2023-01-03 50, 2023-01-19 dividend 0.5, 2024-01-02 50, 2024-01-05 50, 2024-01-12 51',
  QQQ: '2024-01-02 100, 2024-01-05 100, 2024-01-12 99',
})

it('says how a week has gone, beside the benchmarks, and what is ahead', () => {
  // 10 × 50 + 5 × 100 = 1000 on the 5th and 510 + 495 = 1005 on the 12th; 1000 in VOO is 1010. Of KO: 10 − 5; of QQQ −5 − 5
  const of = ledger('2024-01-02 deposit 1000\n2024-01-02 buy 10 KO @ 50\n2024-01-03 buy 5 QQQ @ 100', {
    markets,
    benchmarks: ['VOO', 'QQQ'],
  })
  expect(digestOf(of, '2024-01-05')).toEqual([
    'Portfolio +0.5 %, VOO +1.0 %, QQQ −1.0 % since the close of Jan 5, 2024.',
    'Gap to VOO: −$5.00.',
    'Decisions until now: best KO purchase of Jan 2, 2024 +$5.00; worst QQQ purchase of Jan 3, 2024 −$10.00.',
    'Ex-dates ahead: KO Jan 19, 2024.',
  ])
  expect(digestOf(of, '2024-01-05', german)).toEqual([
    'Portfolio +0,5 %, VOO +1,0 %, QQQ −1,0 % seit dem Schlusskurs vom 05.01.2024.',
    'Abstand zu VOO: −5,00\u00a0$.',
    'Entscheidungen bis jetzt: am besten der Kauf von KO am 02.01.2024 mit +5,00\u00a0$; am schlechtesten der Kauf von QQQ am 03.01.2024 mit −10,00\u00a0$.',
    'Kommende Ex-Tage: KO 19.01.2024.',
  ])
})

it('leaves out what there is not, and says why there is no return', () => {
  const plain = ledger('2024-01-02 deposit 1000\n2024-01-02 buy 10 VOO @ 100', { markets })
  expect(digestOf(plain, '2024-01-05')).toEqual(['Portfolio +1.0 % since the close of Jan 5, 2024.'])
  // what nobody can convert has no value
  const euros = closes({ 'SAP.DE': 'in EUR, 2024-01-02 100, 2024-01-12 101' })
  const foreign = ledger('2024-01-02 buy 1 SAP.DE @ 100 in EUR', { markets: euros })
  expect(digestOf(foreign, '2024-01-05')[0]).toMatch(
    /^Portfolio: no return of this week, because .* EUR .*\.$/,
  )
  expect(digestOf(foreign, '2024-01-05', german)[0]).toBe(
    'Portfolio: keine Rendite für diese Woche, Grund: noch kein Wechselkurs von EUR nach USD.',
  )
})
