import { describe, expect, it } from 'vitest'
import {
  type CoordinatorState,
  type Effect,
  type Event,
  isPutBack,
  isUnsettled,
  lacksCopies,
  next,
  nextAlarm,
  settledState,
} from '../../src/coordinator/coordinator-state.ts'

const T = Date.parse('2026-03-07T03:00:00Z')
const SECOND = 1000
const MINUTE = 60 * SECOND

const compared = { type: 'compared', revision: 8, isChanged: false, isChartChanged: false } as const
const saved = {
  type: 'saved',
  revision: 8,
  withChart: false,
  isQuotesOnly: true,
  now: T,
} as const
/** What a saved snapshot leaves in any case. */
const kept = { highest: 8, savedAt: T }
/** KV took a snapshot a minute ago. */
const copied = { copiedAt: T - MINUTE }

/** What happens, to which state, what changes of it, and what is to be done then. */
const cases: [string, Partial<CoordinatorState>, Event, Partial<CoordinatorState>, Effect[]][] = [
  [
    'a write leaves a snapshot and a plan due',
    {},
    { type: 'writing' },
    { isBehind: true, isUnplanned: true },
    [],
  ],
  [
    'a long import leaves them due as well, until it has ended',
    {},
    { type: 'import begun' },
    { isBehind: true, isUnplanned: true, isHalfWritten: true },
    [],
  ],
  [
    'one that has ended leaves nothing half written',
    { isHalfWritten: true },
    { type: 'import ended' },
    { isHalfWritten: false },
    [],
  ],
  ['publishing says that it is at work', {}, { type: 'publishing' }, { isBehind: true }, []],
  [
    'publishing what was behind is uncertain',
    { isBehind: true },
    { type: 'publishing' },
    { isUnfinished: true },
    [],
  ],
  ['nothing new is not saved', { isBehind: true }, compared, {}, []],
  [
    'nothing new, but uncertain: KV and the pages get all of it',
    { isUnfinished: true },
    compared,
    {},
    ['copy snapshot and chart', 'tell all'],
  ],
  ['what changed is saved', {}, { ...compared, isChanged: true }, {}, ['save snapshot']],
  [
    'with the chart where that changed',
    {},
    { ...compared, isChanged: true, isChartChanged: true },
    {},
    ['save snapshot and chart'],
  ],
  [
    'or where it is uncertain',
    { isUnfinished: true },
    { ...compared, isChanged: true },
    {},
    ['save snapshot and chart'],
  ],
  ['a promised revision is made though nothing is new', { promised: 8 }, compared, {}, ['save snapshot']],
  ['and not a second time', { promised: 7 }, compared, {}, []],
  [
    'a saved chart is copied at once',
    copied,
    { ...saved, withChart: true },
    kept,
    ['copy snapshot and chart', 'tell changes'],
  ],
  [
    'and more than quotes as well',
    copied,
    { ...saved, isQuotesOnly: false },
    kept,
    ['copy snapshot', 'tell changes'],
  ],
  [
    'quotes alone wait until half an hour after the last copy',
    copied,
    saved,
    { ...kept, pendingCopy: { tries: 0, at: T + 30 * MINUTE } },
    ['tell changes'],
  ],
  [
    'and no longer for another quote',
    { ...copied, pendingCopy: { tries: 0, at: T + 2 * MINUTE } },
    saved,
    kept,
    ['tell changes'],
  ],
  [
    'unless the last copy is old enough',
    { copiedAt: T - 29.5 * MINUTE },
    saved,
    kept,
    ['copy snapshot', 'tell changes'],
  ],
  [
    'or KV lacks more than quotes',
    { ...copied, pendingCopy: { tries: 1, at: T } },
    saved,
    kept,
    ['copy snapshot', 'tell changes'],
  ],
  [
    'a publication settles the snapshot',
    { isBehind: true, isUnfinished: true, failures: 2 },
    { type: 'published', revision: 9 },
    { isBehind: false, isUnfinished: false, failures: 0, revision: 9, highest: 9 },
    [],
  ],
  [
    'a deleted portfolio has no revision, and its next one is higher than any before',
    { revision: 9, isBehind: true },
    { type: 'published', revision: 0 },
    { isBehind: false, revision: 0, highest: 9 },
    [],
  ],
  [
    'a database that was put back leaves all of it due',
    { revision: 9, savedAt: T, watchAt: T + MINUTE },
    { type: 'put back', stored: { revision: 7, computedAt: T - MINUTE } },
    {
      revision: 7,
      highest: 9,
      savedAt: T - MINUTE,
      isBehind: true,
      isUnfinished: true,
      isUnplanned: true,
      isHalfWritten: true,
      watchAt: 0,
    },
    [],
  ],
  [
    'one that fails stays due',
    { isBehind: true, failures: 1 },
    { type: 'publishing failed' },
    { failures: 2 },
    [],
  ],
  ['a plan settles the prices', { isUnplanned: true }, { type: 'planned' }, { isUnplanned: false }, []],
  [
    'a writer was told a revision',
    { revision: 4 },
    { type: 'settling failed', revision: 5 },
    { promised: 5 },
    [],
  ],
  [
    'a copy takes waiting quotes along',
    { pendingCopy: { tries: 0, at: T } },
    { type: 'copied', now: T },
    { pendingCopy: null, copiedAt: T },
    [],
  ],
  [
    'but not what KV refused',
    { pendingCopy: { tries: 1, at: T } },
    { type: 'copied', now: T },
    { copiedAt: T },
    [],
  ],
  [
    'a refused copy waits',
    {},
    { type: 'copy refused', now: T },
    { pendingCopy: { tries: 1, at: T + 10 * SECOND } },
    [],
  ],
  [
    'ever longer',
    { pendingCopy: { tries: 2, at: T } },
    { type: 'copy refused', now: T },
    { pendingCopy: { tries: 3, at: T + 40 * SECOND } },
    [],
  ],
  ['all copied', { pendingCopy: { tries: 2, at: T } }, { type: 'all copied' }, { pendingCopy: null }, []],
  [
    'a watch that D1 does not have yet is tried again soon',
    {},
    { type: 'watching', now: T },
    { watchAt: T + 10 * SECOND },
    [],
  ],
  [
    'one that it has is renewed in half an hour',
    {},
    { type: 'watched', now: T },
    { watchAt: T + 30 * MINUTE },
    [],
  ],
  ['nobody watches', { watchAt: T }, { type: 'unwatched' }, { watchAt: null }, []],
]

describe('what the coordinator owes', () => {
  it.each(cases)('%s', (_, before, event, changes, effects) => {
    const state = { ...settledState, ...before }
    expect(next(state, event)).toEqual({ state: { ...state, ...changes }, effects })
  })

  it.each<[string, Partial<CoordinatorState>, boolean, boolean]>([
    ['nothing', {}, false, false],
    ['a snapshot', { isBehind: true }, true, false],
    ['a plan', { isUnplanned: true }, true, false],
    ['a copy', { pendingCopy: { tries: 0, at: T } }, false, true],
  ])('is %s', (_, owed, unsettled, lacking) => {
    const state = { ...settledState, ...owed }
    expect([isUnsettled(state), lacksCopies(state)]).toEqual([unsettled, lacking])
  })
})

describe('the alarm', () => {
  const soon = T + 10 * SECOND
  it.each<[string, Partial<CoordinatorState>, number | null, number | null]>([
    ['is off when nothing is due', {}, null, null],
    ['goes off soon for a snapshot', { isBehind: true }, null, soon],
    ['goes off soon for a plan', { isUnplanned: true }, null, soon],
    ['waits longer the more often it failed', { isBehind: true, failures: 2 }, null, T + 40 * SECOND],
    ['goes off when KV is offered copies', { pendingCopy: { tries: 1, at: T + MINUTE } }, null, T + MINUTE],
    ['goes off when the lease of a refresh ends', {}, T + MINUTE, T + MINUTE],
    ['goes off when a watch is renewed', { watchAt: T + MINUTE }, null, T + MINUTE],
    [
      'goes off for the first of several',
      { watchAt: T + MINUTE, isBehind: true },
      T + 5 * SECOND,
      T + 5 * SECOND,
    ],
    ['does not go off at once for what is overdue', { watchAt: T - MINUTE }, T - 1, soon],
    ['nor for what is due now', { watchAt: T }, null, soon],
    ['goes off for an import that was left half written', { isHalfWritten: true }, null, soon],
  ])('%s', (_, owed, leaseUntil, at) => {
    expect(nextAlarm({ ...settledState, ...owed }, leaseUntil, T)).toBe(at)
  })
})

describe('the database was put back', () => {
  const state = { ...settledState, revision: 9, highest: 9, savedAt: T }
  const at = (revision: number, computedAt = T) => ({ revision, computedAt })
  it.each([
    ['when it has a snapshot of before', at(8), false, true],
    ['when it has none', null, false, true],
    ['when it has another one with the same number', at(9, T - 1), false, true],
    ['when it is ahead, as when a restore is undone', at(10), false, true],
    ['not when a publication was interrupted that may have been stored', at(10), true, false],
    ['not when it has what it was given', at(9), false, false],
  ])('%s', (_, stored, mayBeAhead, expected) => {
    expect(isPutBack(state, stored, mayBeAhead)).toBe(expected)
  })

  it('not before the first snapshot, nor for what an earlier version has stored', () => {
    expect(isPutBack(settledState, null, false)).toBe(false)
    expect(isPutBack({ ...state, savedAt: 0 }, at(9), false)).toBe(false)
  })
})
