import * as v from 'valibot'
import { choice, number, text } from './field.ts'

const allAnswers = ['spin_off', 'split', 'renamed', 'exchange', 'sale', 'dismissed', 'restored'] as const

/** What somebody says that a proposal was. What was proposed stands for what is left out. */
export const answerBody = v.object({
  proposal: text('The id of the proposal, such as GE@2023-01-04.'),
  answer: choice(
    'What it was; dismissed for nothing to be booked, restored to be asked again.',
    allAnswers,
    () => `must be one of ${allAnswers.join(', ')}`,
  ),
  date: text('The day of an exchange or a sale; else the first without a price.'),
  new_symbol: text('The ticker of the shares that arrived, or under which these go on.'),
  shares: number('The shares that arrived; of a sale those paid out, else all.'),
  cost_share: number('The part of the cost that a spin-off takes along.'),
  ratio: text('The ratio of an exchange, new shares to old ones: 1:2 or 0.5.'),
  amount: number('The cash that came with an exchange, in all.'),
  price: number('The cash that one share was paid out at.'),
})
