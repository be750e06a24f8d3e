import { expect, it } from 'vitest'
import { inOneTransaction } from '../../src/storage/database.ts'
import { insertImport } from '../../src/storage/imports.ts'
import { db, keptPortfolio, NOW, rows } from './sample.ts'

it('an import is kept with the lines it rejected', async () => {
  const { id } = await keptPortfolio()
  const rejected = [{ line: 3, reason: 'Price “x” is not a number such as 1234.56.' }]
  const record = {
    id: 'import',
    portfolioId: id,
    format: 'Transactions',
    accepted: 2,
    duplicates: 1,
    rejected,
    createdAt: NOW,
  }
  await inOneTransaction(db(), [insertImport(db(), record)])
  const [row] = await rows('imports')
  expect(row).toMatchObject({ portfolio_id: id, accepted: 2, duplicates: 1 })
  expect(JSON.parse(row!.rejected as string)).toEqual(rejected)
})
