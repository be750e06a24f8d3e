import type { Browser, CDPSession, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { openPage, serve, settled } from './browser.ts'
import type { Server } from './signed-in.ts'

// Chromium's own virtual authenticator. It makes passkeys at http://localhost only.

let browser: Browser
let url: URL
let server: Server

beforeAll(async () => {
  ;({ server, url, browser } = await serve())
})

type Credential = { credentialId: string; signCount: number }

/** A device that keeps passkeys and verifies whoever holds it, or does not. */
async function device(page: Page) {
  const cdp: CDPSession = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return {
    credentials: async () =>
      (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials as (Credential & object)[],
    /** Puts a credential back as it was: what a copy of the device has. */
    put: async (credential: Credential) => {
      await cdp.send('WebAuthn.removeCredential', { authenticatorId, credentialId: credential.credentialId })
      await cdp.send('WebAuthn.addCredential', { authenticatorId, credential: credential as never })
    },
    verify: async (isUserVerified: boolean) => {
      await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })
    },
  }
}

/** The account's page, in a browser that has just signed in. */
async function account() {
  const opened = await openPage(browser, new URL('/sign-in?next=/account', url), { isStranger: true })
  await opened.page.click('text=Open Yardstick')
  await opened.page.waitForURL('**/account')
  return opened
}

const fault = (page: Page) => page.locator('.passkey .fault')

async function signIn(page: Page): Promise<void> {
  await page.goto(String(new URL('/sign-in?next=/account', url)))
  await page.click('text=Sign in with a passkey')
}

// one instance, whose account has a passkey, then recovery codes, and is signed out of in the end
describe('a way in', { shuffle: false }, () => {
  describe('a passkey', () => {
    it('is added on the account’s page, signs in, and does no longer once it is removed', async () => {
      const { page, close } = await account()
      const { credentials, put } = await device(page)
      await page.click('text=Add a passkey')
      await page.waitForSelector('.passkeys li')
      expect(await page.textContent('[data-notice]')).toContain('Passkey added.')
      expect(await page.textContent('.passkeys li')).toContain('Chrome on Linux')
      const [before] = await credentials()

      await page.click('text=Add a passkey')
      await expect.poll(() => fault(page).textContent()).toContain('has a passkey for your account already')
      await page.click('.passkeys summary')
      await page.fill('.passkeys input', 'My laptop')
      await page.click('.passkeys button:text-is("Save")')
      await page.waitForSelector('.passkeys li:has-text("My laptop")')

      await page.click('text=Sign out everywhere')
      await page.waitForURL('**/sign-in')
      await signIn(page)
      await page.waitForURL('**/account')
      expect(await page.textContent('.passkeys li')).toContain('last used')

      await page.click('text=Sign out everywhere')
      await page.waitForURL('**/sign-in')
      await put(before!)
      await signIn(page)
      await expect.poll(() => fault(page).textContent()).toContain('There may be a copy of this passkey')

      await page.click('text=Open Yardstick')
      await page.goto(String(new URL('/account', url)))
      expect(await page.textContent('.doubt')).toContain('there may be a copy of it')
      await page.click('text=Create recovery codes')
      await expect.poll(() => page.locator('.codes li').count()).toBe(10)
      await page.click('text=I have saved them')
      await page.click('.passkeys button:text-is("Remove")')
      await page.waitForSelector('text=You have none yet')
      await page.click('text=Sign out everywhere')
      await signIn(page)
      await expect.poll(() => fault(page).textContent()).toContain('is not known here')
      await close()
    })

    it('is not used when it is canceled, and the page says so', async () => {
      const { page, close } = await account()
      const { verify } = await device(page)
      await page.click('text=Add a passkey')
      await page.waitForSelector('.passkeys li')
      // the page that has the passkey is there whole before one leaves it
      await page.waitForLoadState()
      await verify(false)
      await page.goto(String(new URL('/sign-in?again=1&next=/account', url)))
      await page.click('text=Sign in with a passkey')
      await expect.poll(() => fault(page).textContent()).toContain('Nothing was done')
      expect(await page.isEnabled('text=Sign in with a passkey')).toBe(true)
      await verify(true)
      await page.click('text=Sign in with a passkey')
      await page.waitForURL('**/account')
      await close()
    })
  })

  describe('a recovery code', () => {
    it('signs in without a script, and asks for a new passkey', async () => {
      const owner = await account()
      await owner.page.click('text=/Create recovery codes|Replace them with new codes/')
      const code = (await owner.page.textContent('.codes li'))!
      await owner.close()

      const { page, close } = await openPage(browser, new URL('/sign-in', url), {
        isStranger: true,
        javaScriptEnabled: false,
      })
      await page.click('text=Use a recovery code')
      await page.fill('#code', 'not a code')
      await page.click('text=Sign in with the code')
      expect(await page.textContent('.fault[role=alert]:not(:empty)')).toContain(
        'This is not a recovery code',
      )
      await page.fill('#code', code)
      await page.click('text=Sign in with the code')
      await page.waitForURL('**/account')
      expect(await page.textContent('[data-notice]')).toContain('add a new passkey now')
      await close()
    })
  })

  describe('a session that is ended elsewhere', () => {
    const itsOwn = '.sessions li:has-text("(this browser)") form'

    it.each(['by itself', 'with all others'])(
      'leads the dashboard it has open to the sign-in, and back: %s',
      async (how) => {
        // a test before has signed out everywhere
        await server.signIn()
        const made = await server.fetch('/api/portfolios', {
          method: 'POST',
          headers: { origin: url.origin, 'content-type': 'application/json' },
          body: JSON.stringify({ name: 'Open elsewhere', benchmarks: [] }),
        })
        const { id } = (await made.json()) as { id: string }
        const dashboard = `/portfolios/${id}?range=1y`
        const [reader, other] = [await account(), await account()]
        const at = () => reader.page.url().slice(url.origin.length)
        const end = await reader.page.getAttribute(itsOwn, 'action')
        await reader.page.goto(String(new URL(dashboard, url)))
        await settled(reader.page)
        if (how === 'by itself') await other.page.click(`form[action="${end}"] button`)
        else await other.page.click('text=Sign out everywhere')

        const signIn = `/sign-in?next=${encodeURIComponent(dashboard)}`
        await expect.poll(at).toBe(signIn)
        await reader.page.click('text=Open Yardstick')
        await expect.poll(at).toBe(dashboard)
        await reader.close()
        await other.close()
        await server.signIn()
      },
    )
  })
})
