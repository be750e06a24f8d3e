import { describe, expect, it } from 'vitest'
import { rateLimiter } from '../../../src/market/http/rate-limiter.ts'

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
