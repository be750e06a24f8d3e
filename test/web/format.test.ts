import { describe, expect, it, test } from 'vitest'
import {
  day,
  exact,
  money,
  none,
  percent,
  perShare,
  points,
  pointsTone,
  price,
  sentence,
  sentenceOn,
  shares,
  shortDay,
  shortPercent,
  signedMoney,
  signedPercent,
  time,
  tone,
  when,
  wholePercent,
} from '../../src/web/format.ts'
import { readerOf } from '../../src/web/accepted-languages.ts'
import { withReader } from '../../src/web/reader.ts'

describe('money', () => {
  test('is written from the decimal text, beyond what a double holds', () => {
    expect(money('1234.5', 'USD')).toBe('$1,234.50')
    expect(money('12345678901234567890.125', 'USD')).toBe('$12,345,678,901,234,567,890.13')
    expect(money('1234.5', 'JPY')).toBe('¥1,235')
  })

  test('has a true minus and, where it is a gain, an explicit plus', () => {
    expect(money('-3.1', 'USD')).toBe('−$3.10')
    expect(signedMoney('-3.1', 'USD')).toBe('−$3.10')
    expect(signedMoney('812.4', 'USD')).toBe('+$812.40')
    expect(signedMoney('0', 'USD')).toBe('$0.00')
    expect(money('-0', 'USD')).toBe('$0.00')
  })

  test('too small for cents keeps its digits instead of showing 0.00', () => {
    expect(money('0.00000012', 'USD')).toBe('$0.00000012')
    expect(money('-0.001', 'USD')).toBe('−$0.001')
    expect(money('0.005', 'USD')).toBe('$0.01')
  })

  test('in a currency nobody knows is a plain number', () => {
    expect(money('12', 'GBp')).toBe('12.00')
  })
})

test('what is unknown is a dash, never 0', () => {
  for (const write of [money, signedMoney, price]) expect(write(null, 'USD')).toBe(none)
  for (const write of [percent, signedPercent]) {
    expect(write(null)).toBe(none)
    expect(write(undefined)).toBe(none)
    expect(write(Number.NaN)).toBe(none)
    expect(write(Infinity)).toBe(none)
  }
  expect(shares(null)).toBe(none)
  expect(points(null)).toBe(none)
})

test('a price below 1 shows four significant digits', () => {
  expect(price('189.3', 'USD')).toBe('$189.30')
  expect(price('0.5', 'USD')).toBe('$0.50')
  expect(price('0.12345', 'USD')).toBe('$0.1235')
  expect(price('0.0000123456', 'USD')).toBe('$0.00001235')
})

test('shares show four decimals, or what it takes for four digits; exactly, all of them', () => {
  expect(shares('10')).toBe('10')
  expect(shares('1204.56789')).toBe('1,204.5679')
  expect(shares('0.00001234')).toBe('0.00001234')
  expect(exact('1204.5678912345')).toBe('1,204.5678912345')
})

test('percentages have two decimals, differences of them one', () => {
  expect(percent(0.254)).toBe('25.40%')
  expect(signedPercent(0.0081)).toBe('+0.81%')
  expect(signedPercent(-0.012)).toBe('−1.20%')
  expect(signedPercent(-0.00001)).toBe('0.00%')
  expect(points(0.0412)).toBe('+4.1')
  expect(points(-0.0004)).toBe('0.0')
})

test('what rounds to zero is neither gain nor loss', () => {
  expect(tone('0.0000001')).toBe('gain')
  expect(tone('-12')).toBe('loss')
  expect(tone(0.00004)).toBe('even')
  expect(tone(-0.0001)).toBe('loss')
  expect(tone(null)).toBe('even')
  expect(pointsTone(-0.0004)).toBe('even')
})

describe('figures of a column', () => {
  test('a dividend of one share has four decimals in every row, and more only below them', () => {
    expect([perShare('0.29', 'USD'), perShare('0.687', 'USD')]).toEqual(['$0.2900', '$0.6870'])
    expect(perShare('12.5', 'EUR')).toBe('€12.5000')
    expect(perShare('0.00012', 'USD')).toBe('$0.00012')
  })

  test('a share of some rows has no decimals', () => {
    expect([wholePercent(56 / 121), wholePercent(0.995), wholePercent(0)]).toEqual(['46%', '100%', '0%'])
  })

  test('a return is short from 100 % on, and precise below', () => {
    expect([shortPercent(7.3512), shortPercent(0.9999), shortPercent(-0.3851)]).toEqual([
      '+735%',
      '+99.99%',
      '−38.51%',
    ])
    expect(shortPercent(null)).toBe(none)
  })
})

describe('times', () => {
  const now = Date.parse('2026-11-20T20:05:00Z')

  test('are on the New York clock unless asked otherwise', () => {
    expect(time(Date.parse('2026-11-20T19:05:00Z'))).toBe('14:05')
    expect(time(Date.parse('2026-11-20T05:00:00Z'))).toBe('00:00')
    expect(time(Date.parse('2026-11-20T19:05:00Z'), { timeZone: 'UTC' })).toBe('19:05')
  })

  test('are as short as now allows', () => {
    expect(when(Date.parse('2026-11-20T19:05:00Z'), now)).toBe('14:05')
    expect(when(Date.parse('2026-11-23T14:30:00Z'), now)).toBe('Mon 09:30')
    expect(when(Date.parse('2026-10-23T14:30:00Z'), now)).toBe('Oct 23, 10:30')
    expect(when(Date.parse('2025-10-23T14:30:00Z'), now)).toBe('Oct 23, 2025')
  })

  test('a day is that day in every time zone', () => {
    expect(day('2026-11-20')).toBe('Nov 20, 2026')
    expect(shortDay('2026-11-20', now)).toBe('Nov 20')
    expect(shortDay('2025-12-30', now)).toBe('12/30/25')
  })
})

test('a reason becomes a sentence', () => {
  expect(sentence('no price for VOO on 2026-11-20')).toBe('No price for VOO on Nov 20, 2026.')
  expect(sentence('no date such as 2026-11-20')).toBe('No date such as 2026-11-20.')
  expect(sentence('“VOO kept on 2026-11-20” is not known')).toBe('“VOO kept on 2026-11-20” is not known.')
  expect(sentence('Already one!')).toBe('Already one!')
})

test('the symbol that a reason is told of is named once', () => {
  expect(sentenceOn('ZZZ', 'ZZZ: No data found')).toBe('No data found.')
  expect(sentenceOn('ZZZ', 'no price for ZZZ')).toBe('No price for ZZZ.')
})

describe('a reader’s locale', () => {
  it.each([
    ['de-AT,de;q=0.9', { locale: 'de-AT-u-nu-latn', dates: 'de-AT', language: 'de' }],
    ['fr,de;q=0.5', { locale: 'fr-FR-u-nu-latn', dates: 'de-FR', language: 'de' }],
    ['fr', { locale: 'fr-FR-u-nu-latn', dates: 'en-FR', language: 'en' }],
    ['*;q=0.5, en-GB', { locale: 'en-GB-u-nu-latn', dates: 'en-GB', language: 'en' }],
    ['en-US@posix', null],
    ['tlh', null],
    ['', null],
  ])('of “%s”', (languages, reader) => {
    const read = readerOf(languages)
    expect(read && { locale: read.locale, dates: read.dates, language: read.language }).toEqual(reader)
  })

  it('is that of numbers and days', () => {
    const german = readerOf('de-DE')!
    expect(withReader(german, () => money('1234.5', 'EUR'))).toBe('1.234,50\u00a0€')
    expect(withReader(german, () => signedPercent(-0.0081))).toBe('−0,81\u00a0%')
    expect(withReader(german, () => day('2026-11-20'))).toBe('20.11.2026')
    expect(withReader(readerOf('en-US', 'de')!, () => money('1234.5', 'EUR'))).toBe('€1,234.50')
    // a language that we do not have keeps English words, in the order of the land
    expect(withReader(readerOf('fr-FR')!, () => day('2026-11-20'))).toBe('20 Nov 2026')
  })

  it('has digits 0–9 everywhere', () => {
    expect(withReader(readerOf('ar-EG')!, () => shares('1234'))).toMatch(/1.234/)
  })

  it('lasts only as long as the writing, also when that fails', () => {
    const fails = () => {
      throw new Error('no ink')
    }
    expect(() => withReader({ locale: 'de-DE' }, fails)).toThrow('no ink')
    expect(money('1234.5', 'USD')).toBe('$1,234.50')
  })
})
