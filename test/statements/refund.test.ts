import { describe, expect, it } from 'vitest'
import { signedByWord } from '../../src/statements/refund.ts'
import { statementOf, told } from './told.ts'

describe('a word that says the contrary of its kind, in a file without signs', () => {
  it('tells a charge that was given back from one that was made', () => {
    expect(signedByWord('tax', 'Steuerrückerstattung', '1', false)).toEqual({ amount: '1', signed: true })
    expect(signedByWord('fee', 'Fees Refund', '1', false)).toEqual({ amount: '1', signed: true })
    expect(signedByWord('fee', 'Gebühren', '1', false)).toEqual({ amount: '1', signed: false })
  })

  it('tells interest that was charged from interest that was earned', () => {
    expect(signedByWord('interest', 'Interest Charge', '2.5', false)).toEqual({
      amount: '-2.5',
      signed: true,
    })
    expect(signedByWord('interest', 'Zinsbelastung', '2.5', false)).toEqual({ amount: '-2.5', signed: true })
    expect(signedByWord('interest', 'Zinsen', '2.5', false)).toEqual({ amount: '2.5', signed: false })
  })

  it('counts the signs of a file that has them', () => {
    expect(signedByWord('interest', 'Margin interest', '-2.5', true)).toEqual({
      amount: '-2.5',
      signed: true,
    })
    expect(signedByWord('interest', 'Debit interest', '-2.5', false)).toEqual({
      amount: '-2.5',
      signed: false,
    })
  })
})

it('Portfolio Performance: what came back is no charge, and a refund names what to do', () => {
  const file = `Datum;Typ;Wert;Buchungswährung;Bruttobetrag;Währung Bruttobetrag;Wechselkurs;Gebühren;Steuern;Stück;ISIN;WKN;Ticker-Symbol;Wertpapiername;Notiz
2024-03-20T00:00;Gebühren;1,50;EUR;;;;;;;;;;;
2024-03-22T00:00;Gebührenerstattung;1,50;EUR;;;;;;;;;;;
2024-03-24T00:00;Steuerrückerstattung;1,00;EUR;;;;;;;;;;;
2024-03-26T00:00;Zinsbelastung;2,50;EUR;;;;;;;;;;;
`
  expect(told(file).rows).toEqual(['5 fee 2024-03-26 2.5 EUR'])
  const { rejected, skipped } = statementOf(file)
  expect(rejected).toEqual([
    { line: 4, reason: 'A fee or tax of 1 was refunded: edit or delete the original fee.' },
  ])
  // the fee and what was given back of it
  expect(skipped.map(({ line }) => line)).toEqual([2, 3])
})
