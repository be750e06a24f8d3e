import { expect, it } from 'vitest'
import { refusedAdvice, uploadFailure } from '../../src/local/wrangler.ts'

const ended = (output: string, errors = '') => ({ code: 1, output, errors })

it.each(['Authentication error [code: 10000]', 'Unauthorized to access requested resource [code: 9109]'])(
  '“%s” is answered with the permissions that a token needs, and with the login where there is no token',
  (error) => {
    expect(refusedAdvice(ended('', error), true)).toMatch(
      /CLOUDFLARE_API_TOKEN.*D1.*KV.*Queues.*Workers Scripts/,
    )
    expect(refusedAdvice(ended('', error), false)).toMatch(/may not do this. Run `npx wrangler login`.$/)
  },
)

it('what is no refusal of who is asking has no such advice', () => {
  expect(refusedAdvice(ended('', 'Queue limit [code: 11009]'), true)).toBeNull()
})

// wrangler 4.155 with a token that may not set the schedules
const HALFWAY = `Uploaded yardstick (0.40 sec)
Deployed yardstick triggers (0.03 sec)
  https://yardstick.owner.workers.dev

Trigger configuration for "yardstick" was only partially updated:
  Cron schedules:
    - A request to the Cloudflare API (/accounts/a/workers/scripts/yardstick/schedules) failed.
Successful trigger changes were not rolled back.
`

it('code that was uploaded is not said to be unchanged, though its schedules were refused', () => {
  expect(uploadFailure(ended(HALFWAY))).toMatch(/^The code is uploaded and runs, but/)
  expect(uploadFailure(ended('Total Upload: 1869.53 KiB / gzip: 615.50 KiB\n'))).toBe(
    'Couldn’t upload. The code that runs there was not changed.',
  )
})
