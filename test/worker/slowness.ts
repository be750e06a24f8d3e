import { env } from 'cloudflare:workers'

// `TEST_SLOWNESS=100 npm run test:run -- --project worker`: what the app does behind its answers is late by up to so many
// milliseconds, as on a machine that is busy with other things. A test that reads too early fails then wherever it runs.

/** Waits for up to TEST_SLOWNESS milliseconds; not at all without it. */
export async function dawdle(): Promise<void> {
  const most = Number(env.TEST_SLOWNESS)
  if (most > 0) await new Promise((resolve) => setTimeout(resolve, Math.random() * most))
}

/** Makes late what nobody waits for: the copies in KV, a refresh behind an answer, a snapshot for new prices. */
export function slowDown(coordinators: object): void {
  if (!(Number(env.TEST_SLOWNESS) > 0)) return
  late(Object.getPrototypeOf(env.SNAPSHOTS) as object, 'put')
  for (const method of ['refresh', 'recompute', 'arrived']) late(coordinators, method)
}

function late(prototype: object, name: string): void {
  const method = Reflect.get(prototype, name) as (this: unknown, ...given: unknown[]) => Promise<unknown>
  Reflect.set(prototype, name, async function (this: unknown, ...given: unknown[]) {
    await dawdle()
    return method.apply(this, given)
  })
}
