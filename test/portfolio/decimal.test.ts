import { Big } from 'big.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decimal,
  divide,
  fromNumber,
  over,
  rounded,
  share,
  stored,
  sum,
  text,
  times,
  toNumber,
  upToCent,
} from '../../src/portfolio/decimal.ts'
import { dec } from '../notation.ts'
import { seeded } from './random-ledger.ts'

Big.DP = 60

describe('a decimal in text', () => {
  it.each([
    ['0', '0'],
    ['-0', '0'],
    ['+5', '5'],
    ['007.50', '7.5'],
    ['0.00000001', '0.00000001'],
    ['-0.0000000001', '-0.0000000001'],
    ['129.0399932861', '129.0399932861'],
    ['1000000000000', '1000000000000'],
    ['-12.5', '-12.5'],
  ])('%s is read and printed as %s', (typed, printed) => {
    expect(text(decimal(typed)!)).toBe(printed)
  })

  it.each([
    '',
    ' 1',
    '1 ',
    '.5',
    '5.',
    '1e5',
    '1,5',
    '1,000',
    '--1',
    '0x10',
    '١',
    'NaN',
    'Infinity',
    '1_000',
    '1\n',
  ])('refuses “%s”', (typed) => expect(decimal(typed)).toBeNull())

  it('holds ten decimals and refuses an eleventh, even a 0', () => {
    expect(decimal('0.1234567891')).toBe(1_234_567_891n)
    expect(decimal('0.12345678910')).toBeNull()
  })

  it('that our own code wrote must be one', () => {
    expect(() => stored('12.5 USD')).toThrow('12.5 USD')
  })

  it('comes back from its print, from 1e-10 to beyond 1e12', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 26n), max: 10n ** 26n }), (value) => {
        expect(decimal(text(value))).toBe(value)
        expect(new Big(text(value)).times(1e10).toFixed()).toBe(`${value}`)
      }),
      seeded,
    )
  })
})

const printed = (value: Big) => value.round(10, 2).toFixed().replace(/^-0$/, '0')

describe('rounding', () => {
  it.each([
    // n ÷ 2: the half goes to the even neighbour
    [1n, 0n],
    [3n, 2n],
    [5n, 2n],
    [7n, 4n],
    [-1n, 0n],
    [-3n, -2n],
    [-5n, -2n],
    [-7n, -4n],
  ])('is half to even: %s ÷ 2 is %s', (numerator, quotient) => {
    expect(divide(numerator, 2n)).toBe(quotient)
    expect(divide(-numerator, -2n)).toBe(quotient)
  })

  it('is to the nearest beside the half', () => {
    expect([divide(10n, 3n), divide(11n, 3n), divide(-10n, 3n), divide(-11n, 3n), divide(12n, 3n)]).toEqual([
      3n,
      4n,
      -3n,
      -4n,
      4n,
    ])
  })

  it('to cents is half to even too', () => {
    expect(
      ['0.005', '0.015', '0.025', '-0.005', '-0.015', '0.0250000001'].map((t) => text(rounded(dec(t), 2))),
    ).toEqual(['0', '0.02', '0.02', '0', '-0.02', '0.03'])
  })

  it('of a deposit is up, to the cent that is not below', () => {
    expect(['0', '0.01', '0.0000000001', '399.99999312'].map((t) => text(upToCent(dec(t))))).toEqual([
      '0',
      '0.01',
      '0.01',
      '400',
    ])
  })

  it('agrees with big.js for products, quotients and parts', () => {
    const amount = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n })
    const some = fc.bigInt({ min: 1n, max: 10n ** 20n })
    fc.assert(
      fc.property(amount, some, some, (a, b, c) => {
        const [x, y, z] = [new Big(text(a)), new Big(text(b)), new Big(text(c))]
        expect(text(times(a, b))).toBe(printed(x.times(y)))
        expect(text(over(a, b))).toBe(printed(x.div(y)))
        expect(text(share(a, b, c))).toBe(printed(x.times(y).div(z)))
      }),
      seeded,
    )
  })
})

describe('doubles from the market', () => {
  it('become the decimal that they print as', () => {
    expect([129.0399932861, 0.1, 28.08, 1e-8, 740_000.25].map((close) => text(fromNumber(close)))).toEqual([
      '129.0399932861',
      '0.1',
      '28.08',
      '0.00000001',
      '740000.25',
    ])
  })

  it('come back as they were up to 900,000, beyond with the digits a double has', () => {
    const units = fc.constantFrom(1, 100, 10_000)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 900_000 }), units, (digits, unit) => {
        expect(text(fromNumber(digits / unit))).toBe(`${digits / unit}`)
        expect(toNumber(fromNumber(digits / unit))).toBe(digits / unit)
      }),
      seeded,
    )
    fc.assert(
      fc.property(fc.integer({ min: 900_000, max: 1e9 }), units, (digits, unit) => {
        expect(toNumber(fromNumber(digits / unit)) / (digits / unit)).toBeCloseTo(1, 15)
      }),
      seeded,
    )
  })

  it('keep out of sums: 0.1 + 0.2 is 0.3', () => {
    expect(text(sum([dec('0.1'), dec('0.2')]))).toBe('0.3')
    expect(sum([])).toBe(0n)
  })
})
