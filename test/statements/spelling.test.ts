import { describe, expect, it } from 'vitest'
import { plainDay, plainNumber, unsigned } from '../../src/statements/spelling.ts'

describe('a number', () => {
  it.each([
    ['12.5', '12.5'],
    ['$1,234.50 ', '1234.5'],
    ['1,234,567', '1234567'],
    ['14.245014', '14.245014'],
    ['(12.5)', '-12.5'],
    ['($1,000.00)', '-1000'],
    ['-$3.10', '-3.1'],
    ['$-3.10', '-3.1'],
    ['−3', '-3'],
    ['+7', '7'],
    ['.5', '0.5'],
    ['$ 28.08', '28.08'],
    ['007.10', '7.1'],
    ['5.', '5'],
    ['0', '0'],
    ['-0.00', '0'],
  ])('%s is %s', (spelled, plain) => expect(plainNumber(spelled)).toBe(plain))

  it.each(
    [
      '',
      ' ',
      '$',
      '.',
      '-',
      '()',
      '1.234,56',
      '1,23',
      '12,34,567',
      '1234,567',
      '0,123',
      '1.2.3',
      '1 234',
      '€5',
      '5 USD',
      '1e5',
      '1E-8',
    ].concat(['0x10', '--1', '(-1)', '1-', 'NaN', 'Infinity', '१२', '=1+1', '12.5%', '1\n2']),
  )('%j is refused, not guessed', (spelled) => expect(plainNumber(spelled)).toBeNull())
})

describe('a day', () => {
  it.each([
    ['2012-01-03', '2012-01-03'],
    ['1/3/12', '2012-01-03'],
    ['01/03/2012', '2012-01-03'],
    ['12/31/2012 ', '2012-12-31'],
    ['1/1/00', '2000-01-01'],
    ['1/1/69', '2069-01-01'],
    ['1/1/70', '1970-01-01'],
    ['1/1/99', '1999-01-01'],
    ['2/29/24', '2024-02-29'],
  ])('%s is %s', (spelled, day) => expect(plainDay(spelled)).toBe(day))

  it.each([
    '',
    '13/1/2012',
    '2/29/23',
    '2023-02-29',
    '1/3/123',
    '3.1.2012',
    '1-3-2012',
    '2012/01/03',
    '40911',
    'Jan 3, 2012',
  ])('%j is refused', (spelled) => expect(plainDay(spelled)).toBeNull())
})

describe('a number without its sign', () => {
  it.each([
    ['($1,234.50)', '1234.5'],
    ['-3', '3'],
    ['3', '3'],
    ['n/a', 'n/a'],
    ['', ''],
  ])('%s is %s', (spelled, plain) => {
    expect(unsigned(spelled)).toBe(plain)
  })
})
