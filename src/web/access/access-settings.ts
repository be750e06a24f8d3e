/** The application of Cloudflare Access that stands in front: who signs its assertions, and whom they are for. */
export type AccessSettings = { issuer: string; audience: string }

/**
 * Returns the settings of Cloudflare Access; null where it does not stand in front, and `incomplete` where only one of the
 * two is set. ACCESS_TEAM is the team's name, as in `https://NAME.cloudflareaccess.com`; ACCESS_AUD the application's tag.
 */
export function accessSettings(env: Env): AccessSettings | 'incomplete' | null {
  const { ACCESS_TEAM: team = '', ACCESS_AUD: audience = '' } = env
  if (team === '' && audience === '') return null
  if (audience === '' || !/^[a-z0-9][a-z0-9-]*$/i.test(team)) return 'incomplete'
  return { issuer: `https://${team.toLowerCase()}.cloudflareaccess.com`, audience }
}
