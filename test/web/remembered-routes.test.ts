import { TrieRouter } from 'hono/router/trie-router'
import { expect, it } from 'vitest'
import { RememberedRoutes } from '../../src/web/remembered-routes.ts'

const paths: [method: string, path: string][] = [
  ['ALL', '*'],
  ['GET', '/'],
  ['GET', '/portfolios/:id'],
  ['GET', '/portfolios/:id/chart.json'],
  ['GET', '/portfolios/:id/:region{(?:headline|chart)$}'],
  ['POST', '/portfolios/:id/transactions'],
  ['ALL', '/s/*'],
]
const routers = () => {
  const both = [new RememberedRoutes<string>(), new TrieRouter<string>()] as const
  for (const router of both) for (const [method, path] of paths) router.add(method, path, `${method} ${path}`)
  return both
}

it('finds what hono’s router finds, asked once or again', () => {
  const [remembered, trie] = routers()
  const addresses = ['/', '/portfolios/7', '/portfolios/8', '/portfolios/7/chart.json', '/portfolios/7/chart']
  for (let round = 0; round < 2; round++)
    for (const method of ['GET', 'POST'])
      for (const path of [...addresses, '/portfolios/7/transactions', '/s/secret/chart', '/nowhere'])
        expect(remembered.match(method, path)).toEqual(trie.match(method, path))
  expect(remembered.match('GET', '/portfolios/7')).toBe(remembered.match('GET', '/portfolios/7'))
})

it('finds a route that is added after something was asked for', () => {
  const [remembered] = routers()
  const handlers = () => remembered.match('GET', '/later')[0].map(([handler]) => handler)
  expect(handlers()).toEqual(['ALL *'])
  remembered.add('GET', '/later', 'later')
  expect(handlers()).toEqual(['ALL *', 'later'])
})

it('keeps neither long addresses nor more than it may', () => {
  const [remembered] = routers()
  const long = `/portfolios/${'7'.repeat(300)}`
  expect(remembered.match('GET', long)).not.toBe(remembered.match('GET', long))
  const first = remembered.match('GET', '/portfolios/first')
  for (let i = 0; i < 500; i++) remembered.match('GET', `/portfolios/${i}`)
  expect(remembered.match('GET', '/portfolios/first')).not.toBe(first)
  expect(remembered.match('GET', '/portfolios/first')).toEqual(first)
})
