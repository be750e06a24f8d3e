/**
 * Stands in for three packages with which the passkeys' library reads the certificates of authenticators (`[alias]` in
 * wrangler.toml): @peculiar/x509, the reflect-metadata that it needs, and @peculiar/asn1-android. They are 33 kB of the
 * Worker's compressed size. We ask for no attestation, so that browsers send no certificate, and a new passkey that comes
 * with one that would have to be read is refused.
 */
function Unread(): never {
  throw new Error('certificates of authenticators are not read')
}

export {
  Unread as AuthorityKeyIdentifierExtension,
  Unread as CRLDistributionPointsExtension,
  Unread as KeyDescription,
  Unread as SubjectKeyIdentifierExtension,
  Unread as X509Certificate,
  Unread as X509ChainBuilder,
  Unread as X509Crl,
}

/** The extension in which Android describes a key; no certificate has this one. */
export const id_ce_keyDescription = ''
