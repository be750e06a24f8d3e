import { createECDH } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { fromBase64Url, toBase64Url } from '../../../src/notices/push/base64url.ts'
import { encrypted, LONGEST_MESSAGE } from '../../../src/notices/push/encrypted.ts'
import { newPushKeys } from '../../../src/notices/push/keys.ts'
import { vapid } from '../../../src/notices/push/vapid.ts'
import { decrypted, faultOfVapid, newBrowser } from '../stand-in.ts'

describe('a message to a browser', () => {
  it('is encrypted as in the example of RFC 8291, section 5', async () => {
    const browser = {
      p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
      auth: 'BTBZMqHH6r4Tts7J_aSIgg',
    }
    const own = {
      publicKey: 'BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8',
      privateKey: 'yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw',
    }
    const salt = fromBase64Url('DGv6ra1nlYgDCS1FRnbzlw')!
    const body = await encrypted('When I grow up, I want to be a watermelon', browser, own, salt)
    expect(toBase64Url(body)).toBe(
      'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
    )
    // and what reads it in these tests reads the example
    const reader = createECDH('prime256v1')
    reader.setPrivateKey('q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94', 'base64url')
    expect(decrypted(Buffer.from(body), reader, Buffer.from(browser.auth, 'base64url'))).toBe(
      'When I grow up, I want to be a watermelon',
    )
  })

  it('as long as any may be is what a push service takes', async () => {
    const salt = new Uint8Array(16)
    const body = await encrypted(
      'x'.repeat(LONGEST_MESSAGE),
      newBrowser('https://push.test'),
      await newPushKeys(),
      salt,
    )
    expect(body.length).toBe(4096)
  })
})

describe('who sends', () => {
  const NOW = Date.parse('2026-11-30T12:00:00Z')
  const AT = 'https://push.test'

  it('is signed for the one push service, for twelve hours', async () => {
    const keys = await newPushKeys()
    const header = await vapid(`${AT}/browser/1`, 'https://yardstick.example', keys, NOW)
    expect(faultOfVapid(header, AT, NOW)).toBeNull()
    expect(faultOfVapid(header, 'https://other.test', NOW)).toBe('not for us: https://push.test')
    expect(faultOfVapid(header, AT, NOW + 12 * 3_600_000)).toBe('not valid now')
    const [, claims = ''] = header.split('.')
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({
      aud: AT,
      exp: NOW / 1000 + 12 * 3600,
      sub: 'https://yardstick.example',
    })
    // by other keys it is somebody else
    const forged = header.replace(keys.publicKey, (await newPushKeys()).publicKey)
    expect(faultOfVapid(forged, AT, NOW)).toBe('not signed')
  })

  it('has an address of mail on one’s own machine, which is none of the web', async () => {
    const header = await vapid(`${AT}/x`, 'http://localhost:8787', await newPushKeys(), NOW)
    expect(faultOfVapid(header, AT, NOW)).toBeNull()
  })
})
