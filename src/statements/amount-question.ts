import { fitsOf, type Sampled, value } from './fit.ts'
import type { DecimalMark } from './number-spelling.ts'
import type { Question } from './question.ts'

/** Asks whether shares × price or the amount counts, where neither is the other. */
export function notEqual(rows: readonly Sampled[], mark: DecimalMark): Question {
  const samples = rows.filter((row) => !fitsOf(row, mark)?.net).slice(0, 3)
  const spelled = ({ cells }: Sampled) => `${cells.shares} × ${cells.price}`
  return {
    about: 'amount',
    column: 'amount',
    readings: [
      {
        answer: 'price',
        means: 'shares × price counts',
        samples: samples.map((row) => ({
          line: row.line,
          spelled: `${spelled(row)}, ${row.cells.amount}`,
          read: ((value(row.cells.shares, mark) ?? 0) * (value(row.cells.price, mark) ?? 0)).toFixed(2),
        })),
      },
      {
        answer: 'amount',
        means: 'the amount counts, and the price follows from it',
        samples: samples.map((row) => ({
          line: row.line,
          spelled: `${spelled(row)}, ${row.cells.amount}`,
          read: row.cells.amount,
        })),
      },
    ],
  }
}

/** Asks whether fee and tax are in the amount. */
export function netOrGross(rows: readonly Sampled[], mark: DecimalMark): Question {
  const charge = ({ cells }: Sampled) =>
    [...cells.fees, ...cells.taxes].reduce((sum, cell) => sum + (value(cell, mark) ?? 0), 0)
  return {
    about: 'amount',
    column: 'amount',
    readings: (['net', 'gross'] as const).map((answer) => ({
      answer,
      means:
        answer === 'net' ? 'fee and tax are in the amount already' : 'fee and tax come beside the amount',
      samples: rows.slice(0, 3).map((row) => {
        const amount = value(row.cells.amount, mark) ?? 0
        const beside = row.kind === 'buy' ? amount + charge(row) : amount - charge(row)
        return {
          line: row.line,
          spelled: row.cells.amount,
          read: (answer === 'net' ? amount : beside).toFixed(2),
        }
      }),
    })),
  }
}
