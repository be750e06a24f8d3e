import { describe, expect, it } from 'vitest'
import { beats, rateLimiter } from '../../../src/market/http/rate-limiter.ts'

/** A way out of two lanes whose rests end when the test says so. */
function way(count = 2) {
  const rests: (() => void)[] = []
  const entered: string[] = []
  const enter = rateLimiter(count, () => new Promise<void>((resolve) => rests.push(resolve)))
  const go = async (name: string, isUrgent = false) => {
    const leave = await enter(isUrgent)
    entered.push(name)
    return leave
  }
  return { go, entered, rested: (index: number) => rests[index]!() }
}

const turns = () => new Promise((resolve) => setTimeout(resolve))

describe('a way out with two lanes', () => {
  it('lets two in and no third', async () => {
    const { go, entered } = way()
    void go('a')
    void go('b')
    void go('c')
    await turns()
    expect(entered).toEqual(['a', 'b'])
  })

  it('lets the third in when a call has ended and the lane has rested, whichever is later', async () => {
    const { go, entered, rested } = way()
    const [a, b] = [go('a'), go('b')]
    void go('c')
    void go('d')
    ;(await a)()
    await turns()
    expect(entered).toEqual(['a', 'b'])
    rested(0)
    await turns()
    expect(entered).toEqual(['a', 'b', 'c'])
    rested(1)
    await turns()
    expect(entered).toEqual(['a', 'b', 'c'])
    ;(await b)()
    await turns()
    expect(entered).toEqual(['a', 'b', 'c', 'd'])
  })

  it('lets the urgent in first, and each kind in the order it came', async () => {
    const { go, entered, rested } = way(1)
    const first = go('chart')
    void go('chart 1')
    void go('chart 2')
    const [urgent, second] = [go('quote 1', true), go('quote 2', true)]
    ;(await first)()
    rested(0)
    ;(await urgent)()
    rested(1)
    ;(await second)()
    rested(2)
    await turns()
    expect(entered).toEqual(['chart', 'quote 1', 'quote 2', 'chart 1'])
  })
})

describe('the rest of a lane', () => {
  /** How long each rests who begins at these instants, of two lanes that rest for 400 ms. */
  function rests(...begun: number[]): number[] {
    let now = 0
    const slept: number[] = []
    const sleep = async (ms: number) => slept.push(ms)
    const rest = beats(2, 400, { now: () => now, sleep })
    for (now of begun) void rest()
    return slept
  }

  it('is shorter by what a timer was late, so that a beat stays one', () => {
    expect(rests(0, 10, 403, 410, 805, 812)).toEqual([400, 400, 397, 400, 395, 398])
  })

  it('is whole for who had to wait for something else, or comes while nobody is there', () => {
    expect(rests(0, 0, 451, 9000, 9000)).toEqual([400, 400, 400, 400, 400])
  })

  it('is whole by a clock that stands', () => {
    expect(rests(5, 5, 5, 5, 5)).toEqual([400, 400, 400, 400, 400])
  })
})
