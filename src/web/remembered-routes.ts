import type { Result, Router } from 'hono/router'
import { TrieRouter } from 'hono/router/trie-router'

/** So many addresses are remembered, and none that is longer than any of ours. */
const MOST = 500
const LONGEST = 200

/**
 * Finds the routes of an address as hono's TrieRouter does, which hono itself chooses for routes like ours, and remembers
 * what was found: to search hundreds of routes took a twentieth of a page's time, and an isolate is asked for few addresses.
 */
export class RememberedRoutes<T> implements Router<T> {
  readonly name = 'RememberedRoutes'
  private readonly routes = new TrieRouter<T>()
  private readonly found = new Map<string, Result<T>>()

  add(method: string, path: string, handler: T): void {
    this.found.clear()
    this.routes.add(method, path, handler)
  }

  match(method: string, path: string): Result<T> {
    const asked = `${method} ${path}`
    const known = this.found.get(asked)
    if (known) return known
    const found = this.routes.match(method, path)
    if (asked.length > LONGEST) return found
    if (this.found.size >= MOST) this.found.clear()
    this.found.set(asked, found)
    return found
  }
}
