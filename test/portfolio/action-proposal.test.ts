import { expect, it } from 'vitest'
import {
  actionNotes,
  actionProposals,
  dismissedProposals,
  proposalName,
} from '../../src/portfolio/action-proposal.ts'
import type { Ledger } from '../../src/portfolio/ledger.ts'
import { closes, ledger } from '../notation.ts'

function gone(rows: string, more: Partial<Ledger> = {}): Ledger {
  const of = ledger(rows, { markets: closes({ TWTR: '2022-10-27 53.70' }), today: '2022-12-01' })
  const twitter = { ...of.markets.get('TWTR')!, delisted: '2022-10-28' }
  return { ...of, ...more, markets: new Map([...of.markets, ['TWTR', twitter]]) }
}
const held = '2022-01-03 buy 10 TWTR @ 42'
const names = (of: Ledger) => actionProposals(of).map((each) => proposalName(each))

it('asks what became of shares that are held and no longer quoted', () => {
  expect(names(gone(held))).toEqual(['TWTR@2022-10-28'])
  expect(actionNotes(gone(held))).toEqual([
    'TWTR: no longer quoted since 2022-10-28. Its shares count at their last price until somebody says on the page of TWTR what became of them.',
  ])
  expect(names(gone(`${held}\n2022-10-28 sell 10 TWTR @ 54.20`))).toEqual([])
  expect(names(gone(held, { today: '2022-10-28' }))).toEqual(['TWTR@2022-10-28'])
  expect(names(gone(held, { today: '2022-10-27' }))).toEqual([])
})

it('asks nothing of what its owner prices by hand', () => {
  const of = gone(held)
  const byHand = { ...of.markets.get('TWTR')!, byHand: true as const }
  expect(names({ ...of, markets: new Map([...of.markets, ['TWTR', byHand]]) })).toEqual([])
})

it('asks about a split with the ratio of a spin-off on its day, and not before', () => {
  const of = ledger('2022-05-02 buy 10 GE @ 75', {
    markets: closes({ GE: '2023-01-03 80, 2023-01-04 split 1281:1000' }),
  })
  expect(names({ ...of, today: '2023-01-03' })).toEqual([])
  expect(names({ ...of, today: '2023-01-04' })).toEqual(['GE@2023-01-04'])
})

it('asks whether a ticker is another one where the source says so, and nothing else of it', () => {
  expect(names(gone(held, { listedAs: new Map([['TWTR', 'XCO']]) }))).toEqual(['TWTR@XCO'])
})

it('asks no more of what was dismissed, which can be asked again', () => {
  const dismissed = gone(held, { dismissedActions: new Set(['TWTR@2022-10-28']) })
  expect(names(dismissed)).toEqual([])
  expect(dismissedProposals(dismissed).map((each) => proposalName(each))).toEqual(['TWTR@2022-10-28'])
})

it('is asked once of a group whose portfolios both hold the shares', () => {
  const members = ['a', 'b'].map((id) => ({ id, name: id, ledger: gone(held) }))
  expect(names(gone(held, { members }))).toEqual(['TWTR@2022-10-28'])
})
