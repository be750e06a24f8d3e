import { expect, it } from 'vitest'
import { readStatement } from '../../src/statements/read-statement.ts'
import { answeredBy, questionJson } from '../../src/web/import-answer.ts'
import { choicesIn } from '../../src/web/import-choices.ts'

const read = (file: string, answers = {}) => {
  const statement = readStatement(file, '2026-01-02', { answers })
  if ('problem' in statement) throw new Error(statement.problem)
  return statement
}

it.each([
  ['days', 'days', 'dmy', 'Date,Type,Ticker,Shares,Price\n02/01/2024,Buy,KO,3,60\n'],
  ['decimals', 'decimals', ',', 'Date;Type;Ticker;Shares;Price\n2024-01-16;Buy;KO;1,234;5,678\n'],
  ['amount', 'amount', 'price', 'Date,Action,Ticker,Shares,Price,Fee,Amount\n2024-01-16,Buy,KO,3,60,1,200\n'],
  ['column', 'field.shares', 'Foo Bar', 'Date,Action,Stock,Foo Bar,Price\n2024-01-16,Buy,KO,3,60\n'],
  [
    'type',
    'word.frobnicate it',
    'buy',
    'Date,Action,Ticker,Shares,Price\n2024-01-16,Frobnicate It,KO,3,60\n',
  ],
  ['security', 'security.ODD. LTD', 'KO', 'Date,Action,Name,Shares,Price\n2024-01-16,Buy,Odd. Ltd,3,60\n'],
] as const)('the id of a question about %s takes its answer', (about, id, answer, file) => {
  const asked = read(file).questions.map(questionJson)
  expect(asked).toMatchObject([{ about, id }])
  const given = answeredBy(JSON.stringify({ [id]: answer }))
  const { answers } = choicesIn('fields' in given ? given.fields : [])
  expect(read(file, answers)).toMatchObject({ questions: [], rejected: [], rows: [{ line: 2 }] })
})

it('a heading, a word and a name are the same in small letters and capitals', () => {
  const file = 'Date,Action,Name,My Count,Price\n2024-01-16,Frobnicate It,Odd. Ltd,3,60\n'
  const { answers } = choicesIn([
    ['column.MY COUNT', 'shares'],
    ['word.Frobnicate It', 'buy'],
    ['security.odd. ltd', 'KO'],
  ])
  expect(read(file, answers).rows).toMatchObject([{ transaction: { type: 'buy', symbol: 'KO' } }])
})
