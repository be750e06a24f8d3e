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

  it('is shorter by what somebody was late, so that a beat stays one', () => {
    // the first came when nobody was there
    expect(rests(0, 10, 203, 210, 605, 612)).toEqual([200, 200, 397, 400, 395, 398])
  })

  it('is half at least, however late', () => {
    expect(rests(0, 0, 651, 9000, 9000)).toEqual([200, 200, 200, 200, 200])
  })

  it('lets nobody in more often in a second than four hundred milliseconds each do', () => {
    // a lane alone, whose every call comes as soon as it may
    let now = 0
    const begun: number[] = []
    const rest = beats(1, 400, { now: () => now, sleep: async (ms) => (now += ms) })
    for (let i = 0; i < 20; i++) {
      begun.push(now)
      void rest()
      // and now and then the object is busy
      if (i % 5 === 4) now += 150
    }
    const inASecond = begun.map((from) => begun.filter((at) => at >= from && at < from + 1000).length)
    expect(Math.max(...inASecond)).toBe(3)
    expect(begun.slice(0, 4)).toEqual([0, 200, 600, 1000])
  })

  it('is whole by a clock that stands', () => {
    expect(rests(5, 5, 5, 5)).toEqual([200, 200, 400, 400])
  })
})
