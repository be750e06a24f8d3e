/** Milliseconds by the platform's clock: an alarm of the runtime's own goes off by this one. */
export const platformNow = Date.now
const RealDate = Date
let ahead = 0

/**
 * Turns the clock of everything that runs here to an instant in milliseconds; it goes on from there. Timers and alarms
 * go by the platform's clock all the same, so an alarm that is set under it is due when that clock says so.
 */
export function startClockAt(instant: number): void {
  ahead = instant - platformNow()
  // where a test fakes the clock and lets go of it again, Vitest puts the engine's own Date back
  RealDate.now = () => platformNow() + ahead
  if (globalThis.Date === RealDate) globalThis.Date = turned
}

const turned = new Proxy(RealDate, {
  construct: (date, given, target) =>
    Reflect.construct(date, given.length === 0 ? [RealDate.now()] : given, target) as Date,
})
