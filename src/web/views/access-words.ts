import type { AccessChange } from '../../storage/access-audit.ts'
import { t, translated } from '../words/words.ts'

/** What somebody did about who may see a portfolio, or about what signs them in: `invited somebody to view: For Carol`. */
export function accessWords(
  { action, about, account, before, after }: AccessChange,
  { actor, whom }: { actor: string; whom: string | null },
): string {
  const { note, role, shows, feed, scope } = after ?? before ?? {}
  const named = note ? `: ${note}` : ''
  const may = role === 'editor' ? 'edit' : 'view'
  switch (about) {
    case 'invitation':
      if (action !== 'create') return t('revoked an invitation')
      return t(may === 'edit' ? 'invited somebody to edit' : 'invited somebody to view') + named
    case 'member': {
      const member = whom || t('somebody')
      if (action === 'create')
        return t(may === 'edit' ? 'accepted an invitation to edit' : 'accepted an invitation to view')
      if (action === 'update')
        return t(may === 'edit' ? 'let {member} edit' : 'let {member} view', { member })
      return actor === account ? t('left the portfolio') : t('removed {member}', { member })
    }
    case 'share link':
      if (action !== 'create') return t('revoked a share link')
      if (feed)
        return (
          t(
            shows === 'amounts'
              ? 'created a feed ({feed}) with amounts'
              : 'created a feed ({feed}) with percentages only',
            { feed: translated(feed) },
          ) + named
        )
      return (
        t(
          shows === 'amounts'
            ? 'created a share link with amounts'
            : 'created a share link with percentages only',
        ) + named
      )
    case 'broker connection':
      return t(action === 'create' ? 'connected a broker' : 'disconnected a broker') + named
    case 'API token':
      if (action !== 'create') return t('revoked an API token') + named
      return (
        t(
          scope === 'write'
            ? 'created an API token that may read and edit'
            : 'created an API token that may read',
        ) + named
      )
    case 'passkey':
      return action === 'create' ? t('added a passkey') + named : t('removed a passkey')
    case 'notice channel':
      return (
        t(action === 'create' ? 'added a channel for notifications' : 'removed a channel for notifications') +
        named
      )
    case 'recovery codes':
      return t('created new recovery codes')
  }
}
