import type { Role } from '../../storage/visitors.ts'

/**
 * What a route needs: nothing at all (`always`), an instance that somebody has claimed (`public`), somebody who is signed
 * in or a token of theirs (`account`), somebody who is signed in with a browser (`session`), whoever runs the instance
 * (`admin`), or a role in the portfolio that the request names.
 */
export type Need = 'always' | 'public' | 'account' | 'session' | 'admin' | Role

/** Every route of the app, and what it needs. With a route that is not in it the app does not start (gate.tsx). */
export const routeTable: Record<string, Need> = {
  'GET /healthz': 'always',
  'GET /setup': 'always',
  'POST /setup': 'always',

  'GET /sign-in': 'public',
  'POST /sign-in/local': 'public',
  'POST /preferences': 'public',

  'POST /sign-out': 'session',
  'GET /account': 'session',
  'POST /account/name': 'session',
  'POST /account/sign-out-everywhere': 'session',
  'POST /account/delete': 'session',
  'POST /account/sessions/:session/end': 'session',

  'GET /': 'account',
  'GET /portfolios/new': 'account',
  'POST /portfolios': 'account',
  'POST /portfolios/demo': 'account',
  'GET /securities': 'account',
  'GET /api/portfolios': 'account',
  'POST /api/portfolios': 'account',
  'GET /api/securities': 'account',

  'GET /status': 'admin',
  'GET /api/status': 'admin',
  'POST /dead-letters/resend': 'admin',
  'POST /dead-letters/:id/resend': 'admin',
  'POST /api/dead-letters/resend': 'admin',
  'POST /api/dead-letters/:id/resend': 'admin',

  'GET /portfolios/:id': 'viewer',
  'GET /portfolios/:id/:region': 'viewer',
  'GET /portfolios/:id/regions': 'viewer',
  'GET /portfolios/:id/holdings/rows': 'viewer',
  'GET /portfolios/:id/figures/:figure': 'viewer',
  'GET /portfolios/:id/chart.json': 'viewer',
  'GET /portfolios/:id/trades.json': 'viewer',
  'GET /portfolios/:id/symbols.json': 'viewer',
  'GET /portfolios/:id/live': 'viewer',
  'POST /portfolios/:id/refreshes': 'viewer',
  'GET /portfolios/:id/gap': 'viewer',
  'GET /portfolios/:id/gap/:part': 'viewer',
  'GET /portfolios/:id/instruments/:symbol': 'viewer',
  'GET /portfolios/:id/instruments/:symbol/prices.json': 'viewer',
  'POST /portfolios/:id/instruments/:symbol/rulings': 'editor',
  'POST /portfolios/:id/instruments/:symbol/rename': 'editor',
  'GET /portfolios/:id/transactions': 'viewer',
  'POST /portfolios/:id/transactions': 'editor',
  'GET /portfolios/:id/transactions/new': 'editor',
  'GET /portfolios/:id/transactions/:tx/edit': 'editor',
  'POST /portfolios/:id/transactions/:tx': 'editor',
  'POST /portfolios/:id/transactions/:tx/delete': 'editor',
  'POST /portfolios/:id/transactions/:tx/restore': 'editor',
  'GET /portfolios/:id/dividends': 'viewer',
  'POST /portfolios/:id/dividends/counting': 'editor',
  'POST /portfolios/:id/dividends/dismissed': 'editor',
  'POST /portfolios/:id/dividends/proposals': 'editor',
  'POST /portfolios/:id/dividends/restored': 'editor',
  'POST /portfolios/:id/dividends/undo': 'editor',
  'GET /portfolios/:id/cash-flows': 'viewer',
  'POST /portfolios/:id/cash-flows': 'editor',
  'GET /portfolios/:id/imports': 'editor',
  'POST /portfolios/:id/imports': 'editor',
  'GET /portfolios/:id/imports/:import': 'editor',
  'POST /portfolios/:id/imports/:import/undo': 'editor',
  'GET /portfolios/:id/activity': 'viewer',
  'GET /portfolios/:id/settings': 'viewer',
  'POST /portfolios/:id/settings': 'editor',
  'POST /portfolios/:id/settings/delete': 'owner',
  'GET /portfolios/:id/export/transactions.csv': 'viewer',
  'GET /portfolios/:id/export/dividends.csv': 'viewer',
  'GET /portfolios/:id/export/cash-flows.csv': 'viewer',
  'GET /portfolios/:id/export/holdings.csv': 'viewer',

  'GET /api/dashboard-initial-data': 'viewer',
  'GET /api/dashboard-holdings-data': 'viewer',
  'GET /api/dashboard-chart-data': 'viewer',
  'GET /api/portfolios/:id': 'viewer',
  'PATCH /api/portfolios/:id': 'editor',
  'DELETE /api/portfolios/:id': 'owner',
  'GET /api/portfolios/:id/performance': 'viewer',
  'GET /api/portfolios/:id/cash-flows': 'viewer',
  'GET /api/portfolios/:id/gap': 'viewer',
  'GET /api/portfolios/:id/imports': 'viewer',
  'POST /api/portfolios/:id/imports': 'editor',
  'DELETE /api/portfolios/:id/imports/:import': 'editor',
  'GET /api/portfolios/:id/refreshes/latest': 'viewer',
  'POST /api/portfolios/:id/refreshes': 'viewer',
  'GET /api/portfolios/:id/transactions': 'viewer',
  'POST /api/portfolios/:id/transactions': 'editor',
  'GET /api/portfolios/:id/transactions/:tx': 'viewer',
  'PUT /api/portfolios/:id/transactions/:tx': 'editor',
  'DELETE /api/portfolios/:id/transactions/:tx': 'editor',
  'POST /api/portfolios/:id/transactions/:tx/restore': 'editor',
  'GET /api/portfolios/:id/dividend-proposals': 'viewer',
  'POST /api/portfolios/:id/dividend-proposals': 'editor',
  'PUT /api/portfolios/:id/dismissed-dividends/:name': 'editor',
  'DELETE /api/portfolios/:id/dismissed-dividends/:name': 'editor',
}

/** Returns the name that a route has in the table: its method and its path, without the patterns in that. */
export function routeName(method: string, path: string): string {
  return `${method} ${path.replace(/\{.*\}/, '')}`
}
