import { describe, expect, it } from 'vitest'
import { isBlankNumber, marksOf, numberIn } from '../../src/statements/number-spelling.ts'

describe('a number with a decimal point', () => {
  it.each([
    ['1234.50', '1234.5', ''],
    ['1,234.50', '1234.5', ''],
    ["1'234.50", '1234.5', ''],
    ['1 234.50', '1234.5', ''],
    ['12,34,567.00', '1234567', ''],
    ['$1,234.50', '1234.5', ''],
    ['-$0.04', '-0.04', ''],
    ['$-0.04', '-0.04', ''],
    ['($0.04)', '-0.04', ''],
    ['USD 1.23', '1.23', 'USD'],
    ['1.23 USD', '1.23', 'USD'],
    ['-EUR 7', '-7', 'EUR'],
    ['US$1.5', '1.5', 'USD'],
    ['£10', '10', 'GBP'],
    ['@150.00', '150', ''],
    ['5.00-', '-5', ''],
    ['.5', '0.5', ''],
    ['−3', '-3', ''],
    ['-0.00', '0', ''],
    ['007', '7', ''],
    ['1E+06', '1000000', ''],
    ['-1.505E+04', '-15050', ''],
    ['1.5E-05', '0.000015', ''],
    ['1.234e2', '123.4', ''],
  ])('%s is %s', (cell, plain, currency) => expect(numberIn(cell, '.')).toEqual({ plain, currency }))

  it.each([
    '',
    '--',
    '1,23',
    '0,123',
    '1234,567',
    '1.2.3',
    '1,23,4',
    '1e5',
    // a share in Singapore
    '5E2',
    '1E+99',
    '0x10',
    '--1',
    '(-1)',
    '12.5%',
    '12 apples',
  ])('%j is none', (cell) => expect(numberIn(cell, '.')).toBeNull())
})

describe('a number with a decimal comma', () => {
  it.each([
    ['1.234,56', '1234.56', ''],
    ['1234,5', '1234.5', ''],
    ['0,125', '0.125', ''],
    ['€ 1.234,56', '1234.56', 'EUR'],
    ['1 234,56 kr', '1234.56', ''],
    ['1,234', '1.234', ''],
  ])('%s is %s', (cell, plain, currency) => expect(numberIn(cell, ',')).toEqual({ plain, currency }))

  it.each(['1,234.56', '1.5', '1.23,4,5'])('%j is none', (cell) => expect(numberIn(cell, ',')).toBeNull())
})

describe('what a cell proves', () => {
  it.each([
    ['1.234,56', [','], true],
    ['1,234.56', ['.'], true],
    ['0,5', [','], true],
    ['12,3456', [','], true],
    ['1,234', ['.', ','], true],
    ['1.234', ['.', ','], true],
    ['1,234,567', ['.'], true],
    ['1234', ['.', ','], false],
    ["1'234", ['.', ','], false],
    ['soon', [], false],
  ] as const)('%s: %j', (cell, marks, differ) => expect(marksOf(cell)).toEqual({ marks, differ }))
})

it.each(['', '-', '--', '—', 'n/a', 'N/A', 'null'])('%j stands for no number', (cell) =>
  expect(isBlankNumber(cell)).toBe(true),
)

it('a cell of a million characters is looked at once', () => {
  for (const text of ['1,'.repeat(500_000), ' '.repeat(1_000_000), '(1'.repeat(500_000)])
    expect([numberIn(text, '.'), marksOf(text).marks]).toEqual([null, []])
})

it.each([
  ['1,234.56 CR', '1234.56', ''],
  ['1,234.56 DR', '-1234.56', ''],
  ['$ (12.50)', '-12.5', ''],
  ['5.00- €', '-5', 'EUR'],
  ['1,234円', '1234', 'JPY'],
  ['￥１２３', '123', ''],
  ['₪12.50', '12.5', 'ILS'],
  ['12.50 TL', '12.5', 'TRY'],
  ['10 000 Ft', '10000', 'HUF'],
  ['12.50 грн', '12.5', 'UAH'],
  ['Rs. 1,23,456.50', '123456.5', ''],
])('%s: what an account owes, and money of other countries', (cell, plain, currency) =>
  expect(numberIn(cell, '.')).toEqual({ plain, currency }),
)
