import { expect, it } from 'vitest'
import { confirmationOf, faultOfConfirmation } from '../../../src/web/mcp/confirmation.ts'

const NOON = Date.parse('2024-03-01T12:00:00Z')
const MINUTE = 60_000
const shown = ['add_transactions', { csv: 'KO' }]

it('confirms what was shown to the same secret, for ten minutes', async () => {
  const confirmation = await confirmationOf('mine', shown, NOON)
  const fault = (secret: string, what: unknown, now: number) =>
    faultOfConfirmation(confirmation, secret, what, now)
  expect(await fault('mine', shown, NOON + 10 * MINUTE)).toBeNull()
  expect(await fault('mine', shown, NOON + 10 * MINUTE + 1)).toContain('older than ten minutes')
  expect(await fault('another', shown, NOON)).toContain('something else')
  expect(await fault('mine', ['add_transactions', { csv: 'MSFT' }], NOON)).toContain('something else')
})

it.each(['', '.', 'yes', 'zzzzzzzzz.0', '0.0.0'])('“%s” confirms nothing', async (given) => {
  expect(await faultOfConfirmation(given, 'mine', shown, NOON)).toContain('something else')
})

it('lasts no longer than it says: a later end is another proof', async () => {
  const [expires, proof] = (await confirmationOf('mine', shown, NOON)).split('.')
  const later = (Number.parseInt(expires!, 36) + MINUTE).toString(36)
  expect(await faultOfConfirmation(`${later}.${proof}`, 'mine', shown, NOON)).toContain('something else')
})
