import type { AccessChange } from '../../storage/access-audit.ts'

/** What somebody did about who may see a portfolio, or about what signs them in: `invited somebody to view: For Carol`. */
export function accessWords(
  { action, about, account, before, after }: AccessChange,
  { actor, whom }: { actor: string; whom: string | null },
): string {
  const { note, role, shows, scope } = after ?? before ?? {}
  const named = note ? `: ${note}` : ''
  const may = role === 'editor' ? 'edit' : 'view'
  switch (about) {
    case 'invitation':
      return action === 'create' ? `invited somebody to ${may}${named}` : 'withdrew an invitation'
    case 'member': {
      const member = whom || 'somebody'
      if (action === 'create') return `accepted an invitation to ${may}`
      if (action === 'update') return `let ${member} ${may}`
      return actor === account ? 'left the portfolio' : `removed ${member}`
    }
    case 'share link':
      return action === 'create'
        ? `made a share link with ${shows === 'amounts' ? 'amounts' : 'percentages only'}${named}`
        : 'withdrew a share link'
    case 'API token':
      return action === 'create'
        ? `made an API token to ${scope === 'write' ? 'read and write' : 'read'}${named}`
        : 'revoked an API token'
    case 'passkey':
      return action === 'create' ? `added a passkey${named}` : 'removed a passkey'
    case 'recovery codes':
      return 'made new recovery codes'
  }
}
