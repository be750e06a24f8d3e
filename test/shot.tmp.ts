import { chromium } from 'playwright-core'
const [,, url, out, w = '1440', h = '1100', scheme = 'light'] = process.argv
const b = await chromium.launch({ executablePath: '/tmp/yardstick-chromium-153.0.0/chromium', args: ['--no-sandbox','--disable-gpu','--disable-background-networking','--disable-component-update','--hide-scrollbars'] })
const c = await b.newContext({ locale: 'en-US', timezoneId: 'America/New_York', viewport: { width: +w, height: +h }, colorScheme: scheme as any })
const p = await c.newPage()
p.on('console', m => console.log('console', m.type(), m.text()))
p.on('pageerror', e => console.log('pageerror', e.message))
p.on('response', r => r.status() >= 400 && console.log(r.status(), r.url()))
await p.goto(url!)
await p.waitForTimeout(2500)
await p.screenshot({ path: out!, fullPage: true })
await b.close()
