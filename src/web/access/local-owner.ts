import { accessSettings } from './access-settings.ts'
import { isLoopback } from '../../market/http/loopback.ts'
import type { AppContext } from '../request.ts'

/**
 * Says whether whoever sits at this machine may sign in with one click, as `npm start` has it: only with the variable that
 * it sets, at a name of the machine itself, and not behind Cloudflare, which names the ray and another machine's address.
 * The local runtime names the address as well; it is then one of this machine.
 */
export function isLocalOwner(c: AppContext): boolean {
  const { DEV_LOGIN } = c.env as Env & { DEV_LOGIN?: string }
  const ip = c.req.header('cf-connecting-ip') ?? '127.0.0.1'
  return (
    DEV_LOGIN === '1' &&
    accessSettings(c.env) === null &&
    isLoopback(new URL(c.req.url).hostname) &&
    c.req.header('cf-ray') === undefined &&
    /^(::ffff:)?127\.\d+\.\d+\.\d+$|^::1$/.test(ip)
  )
}
