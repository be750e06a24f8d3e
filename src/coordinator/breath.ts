/** Lets whoever waits for this object, or for another of its isolate, be answered first: a timer comes behind them. */
export function breath(): Promise<void> {
  return new Promise((next) => setTimeout(next, 0))
}
