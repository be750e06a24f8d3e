import type { AccessChange } from '../../storage/access-audit.ts'

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
      return action === 'create' ? `invited somebody to ${may}${named}` : 'revoked an invitation'
    case 'member': {
      const member = whom || 'somebody'
      if (action === 'create') return `accepted an invitation to ${may}`
      if (action === 'update') return `let ${member} ${may}`
      return actor === account ? 'left the portfolio' : `removed ${member}`
    }
    case 'share link':
      return action === 'create'
        ? `created a ${feed ? `feed (${feed})` : 'share link'} with ${shows === 'amounts' ? 'amounts' : 'percentages only'}${named}`
        : 'revoked a share link'
    case 'broker connection':
      return action === 'create' ? `connected a broker${named}` : `disconnected a broker${named}`
    case 'API token':
      return action === 'create'
        ? `created an API token that may ${scope === 'write' ? 'read and edit' : 'read'}${named}`
        : `revoked an API token${named}`
    case 'passkey':
      return action === 'create' ? `added a passkey${named}` : 'removed a passkey'
    case 'notice channel':
      return action === 'create'
        ? `added a channel for notifications${named}`
        : `removed a channel for notifications${named}`
    case 'recovery codes':
      return 'created new recovery codes'
  }
}
