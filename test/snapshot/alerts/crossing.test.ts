import { describe, expect, it } from 'vitest'
import { type AlertState, crossed, type Reading, untold } from '../../../src/snapshot/alerts/crossing.ts'

/**
 * A story such as `1 . ! ?`, an item for each reading: a figure before its line is `.`, one beyond it `!`, an unknown one `?`; a
 * number begins that day of March. Answers at which items something was told, from 0.
 */
function toldAt(story: string, bothWays?: true): number[] {
  let state: AlertState = untold
  let day = '2024-03-01'
  const told: number[] = []
  let read = 0
  for (const item of story.split(' ')) {
    if (/\d/.test(item)) {
      day = `2024-03-${item.padStart(2, '0')}`
      continue
    }
    const reading: Reading =
      item === '?' ? null : { isBeyond: item === '!', says: { words: 'it' }, ...(bothWays && { bothWays }) }
    const answer = crossed(state, reading, day)
    state = answer.state
    if (answer.says !== null) told.push(read)
    read++
  }
  expect(state.fired).toBe(told.length)
  return told
}

describe('a line', () => {
  it.each([
    ['is told when it is crossed, and only then', '1 . . ! ! 2 ! !', [2]],
    ['is not told where the figure is beyond it from the beginning', '1 ! ! 2 ! .', []],
    ['is told again once the figure has come back', '1 . ! . 2 ! .', [1, 3]],
    ['is told once a day, and the next day if the figure is beyond it then', '1 . ! . ! 2 ! !', [1, 4]],
    ['is not told of a crossing that was over before the next day', '1 . ! . ! . 2 . .', [1]],
    ['is not crossed by a gap in the prices', '1 . ? ? . 2 ! ? ! 3 ? !', [4]],
    ['waits for the first figure', '1 ? ? ! 2 . !', [4]],
  ])('%s', (_, story, told) => {
    expect(toldAt(story)).toEqual(told)
  })

  it.each([
    ['both ways, each once', '1 . ! 2 ! . 3 .', [1, 3]],
    ['back and forth within a day once', '1 . ! . ! . ! 2 !', [1]],
    ['on the next day where it stayed on the other side', '1 . ! . 2 . .', [1, 3]],
  ])('that is told both ways: %s', (_, story, told) => {
    expect(toldAt(story, true)).toEqual(told)
  })
})

describe('what happens to symbols', () => {
  const happened = (...names: string[]): Reading => ({
    happened: names.map((name) => {
      const [symbol, of] = name.split('@') as [string, string]
      return { symbol, of, says: { words: `${symbol} did.` } }
    }),
  })

  it('is told once of each, and not of what was there before', () => {
    let state = untold
    const after = (reading: Reading, day: string) => {
      const answer = crossed(state, reading, day)
      state = answer.state
      return answer.says?.map(({ words }) => words) ?? null
    }
    expect(after(happened('KO@2024-03-14'), '2024-03-01')).toBeNull()
    expect(after(happened('KO@2024-03-14', 'VOO@2024-03-20', 'QQQ@2024-03-21'), '2024-03-02')).toEqual([
      'VOO did.',
      'QQQ did.',
    ])
    // the source forgets it for a while
    expect(after(happened(), '2024-03-03')).toBeNull()
    expect(after(happened('VOO@2024-03-20'), '2024-03-04')).toBeNull()
    expect(after(happened('VOO@2024-06-20'), '2024-05-30')).toEqual(['VOO did.'])
    expect(state.fired).toBe(2)
    // what is long over is forgotten, and the state does not grow
    after(happened('KO@2026-03-14'), '2026-03-01')
    expect(state.known).toEqual(['KO@2026-03-14'])
  })

  it('begins with nothing known, and that is noted at once', () => {
    expect(crossed(untold, happened(), '2024-03-01').state.known).toEqual([])
  })
})

it('leaves the state as it is where nothing is crossed, so that nothing has to be stored', () => {
  const waiting: AlertState = { side: 'before', fired: 3, firedOn: '2024-02-01', known: null }
  expect(crossed(waiting, { isBeyond: false, says: { words: '' } }, '2024-03-01').state).toBe(waiting)
  expect(crossed(waiting, null, '2024-03-01').state).toBe(waiting)
  const known: AlertState = { ...waiting, side: null, known: ['KO@2024-03-14'] }
  expect(crossed(known, { happened: [] }, '2024-03-01').state).toBe(known)
})
