/**
 * A certificate for development, for any names, signed by an authority of its own. The authority's key is thrown away as soon as it has
 * signed: who trusts the authority trusts this one certificate, and nobody can ever make another.
 */
// The certificate library needs it before it is loaded.
import 'reflect-metadata';
import { KeyObject, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** All PEM. */
export interface DevelopmentCertificate {
  /** What clients have to trust. */
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

/** Apple's systems refuse TLS certificates that are good for more than 825 days, whoever signed them. */
const LIFETIME_DAYS = 800;
/** Renewed this long before its end. */
const RENEWAL_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;

const KEY_ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNATURE_ALGORITHM = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** @param names Host names and IP addresses. */
export async function createDevelopmentCertificate(
  names: readonly string[],
): Promise<DevelopmentCertificate> {
  const now = Date.now();
  // A day early, for clocks that are late.
  const validity = { notBefore: new Date(now - DAY_MS), notAfter: new Date(now + LIFETIME_DAYS * DAY_MS) };
  const authorityKeys = await crypto.subtle.generateKey(KEY_ALGORITHM, false, ['sign', 'verify']);
  const authority = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Animatic development authority',
    keys: authorityKeys,
    signingAlgorithm: SIGNATURE_ALGORITHM,
    ...validity,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
      await SubjectKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  });
  const keys = await crypto.subtle.generateKey(KEY_ALGORITHM, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.create({
    subject: 'CN=Animatic development',
    issuer: authority.subject,
    publicKey: keys.publicKey,
    signingKey: authorityKeys.privateKey,
    signingAlgorithm: SIGNATURE_ALGORITHM,
    ...validity,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value }) as const),
      ),
      await AuthorityKeyIdentifierExtension.create(authorityKeys.publicKey),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return {
    authority: `${authority.toString('pem')}\n`,
    certificate: `${certificate.toString('pem')}\n`,
    key: KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** Whether a certificate made here before is good for all these names, and for a while yet. */
export function isStillGood(certificatePem: string, names: readonly string[]): boolean {
  const certificate = new X509Certificate(certificatePem);
  const lastsUntilMs = certificate.validToDate.getTime() - RENEWAL_DAYS * DAY_MS;
  const isGoodFor = (name: string) =>
    (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined;
  return Date.now() < lastsUntilMs && names.every(isGoodFor);
}
