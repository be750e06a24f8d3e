import { beforeEach, describe, expect, it } from 'vitest'
import { splitsOf } from '../../src/storage/corporate-actions.ts'
import { saveHistory } from '../../src/storage/histories.ts'
import { actions, db, forgetPrices, history, NOW, rows } from './sample.ts'

beforeEach(forgetPrices)

describe('splits and dividends', () => {
  const early = { day: '2020-08-31', numerator: 4, denominator: 1 }
  const late = { day: '2024-06-10', numerator: 10, denominator: 1 }
  const paid = [
    { day: '2020-02-07', amount: 0.77 },
    { day: '2024-02-09', amount: 0.24 },
  ]

  beforeEach(async () => {
    await saveHistory(
      db(),
      history('AAPL', { bars: {}, splits: [early, late], dividends: paid }),
      '2020-01-01',
      NOW,
    )
  })

  it('are read back in order', async () => {
    expect(await splitsOf(db(), 'AAPL')).toEqual([early, late])
    expect(await actions('dividend')).toEqual(['AAPL 2020-02-07', 'AAPL 2024-02-09'])
  })

  it('that the source withdraws are gone, but only in the days it was asked for', async () => {
    await saveHistory(db(), history('AAPL', { bars: { '2024-12-31': 102 } }), '2024-01-01', NOW + 1)
    expect(await splitsOf(db(), 'AAPL')).toEqual([early])
    expect(await actions('dividend')).toEqual(['AAPL 2020-02-07'])
  })

  it('stay when the source answers with nothing at all', async () => {
    await saveHistory(db(), history('AAPL', { bars: {} }), '2020-01-01', NOW + 1)
    expect(await splitsOf(db(), 'AAPL')).toEqual([early, late])
  })

  it('that the source corrects are corrected', async () => {
    const corrected = { ...late, numerator: 5 }
    const dividends = [{ day: '2024-02-09', amount: 0.25 }]
    await saveHistory(
      db(),
      history('AAPL', { bars: {}, splits: [corrected], dividends }),
      '2024-01-01',
      NOW + 1,
    )
    expect(await splitsOf(db(), 'AAPL')).toEqual([early, corrected])
    expect((await rows('corporate_actions')).find(({ day }) => day === '2024-02-09')).toMatchObject({
      amount: '0.25',
    })
  })

  it('of one day are two rows', async () => {
    const dividends = [{ day: late.day, amount: 0.01 }]
    await saveHistory(db(), history('AAPL', { bars: {}, splits: [late], dividends }), '2024-01-01', NOW + 1)
    expect(await actions('split')).toContain('AAPL 2024-06-10')
    expect(await actions('dividend')).toContain('AAPL 2024-06-10')
  })
})
