/** The certificate that the server shows: the operator's own, or one made for development and kept in the data folder. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { AnimaticError } from '#domain/errors.ts';
import { VIRTUAL_HOSTS } from '#protocols/http/virtual-hosts.ts';
import type { Settings } from './settings.ts';

export interface TlsMaterial {
  /** PEM, with the certificates between it and its authority. */
  readonly certificate: string;
  /** PEM. */
  readonly key: string;
  /** Where the authority lies that clients have to trust; undefined when the operator brought the certificate. */
  readonly authorityPath: string | undefined;
}

export const authorityPath = (dataFolder: string): string => join(dataFolder, 'tls', 'authority.pem');

type TlsSettings = Pick<
  Settings,
  'dataFolder' | 'host' | 'publicUrl' | 'tls' | 'tlsCertificatePath' | 'tlsKeyPath'
>;

/** Undefined when plain HTTP is served. @throws AnimaticError `bad_setting`. */
export async function loadTls(settings: TlsSettings): Promise<TlsMaterial | undefined> {
  const { tlsCertificatePath, tlsKeyPath } = settings;
  if (tlsCertificatePath !== undefined || tlsKeyPath !== undefined) {
    if (tlsCertificatePath !== undefined && tlsKeyPath !== undefined)
      return given(tlsCertificatePath, tlsKeyPath);
    throw new AnimaticError(
      'bad_setting',
      'ANIMATIC_TLS_CERT and ANIMATIC_TLS_KEY belong together; set both.',
    );
  }
  return settings.tls === 'on' ? development(settings) : undefined;
}

function given(certificatePath: string, keyPath: string): TlsMaterial {
  const material = {
    certificate: readPem('ANIMATIC_TLS_CERT', certificatePath),
    key: readPem('ANIMATIC_TLS_KEY', keyPath),
  };
  try {
    createSecureContext({ cert: material.certificate, key: material.key });
  } catch (cause) {
    throw new AnimaticError(
      'bad_setting',
      `The certificate in ${certificatePath} and the key in ${keyPath} cannot be used together: ${(cause as Error).message}.`,
      { cause },
    );
  }
  return { ...material, authorityPath: undefined };
}

function readPem(variable: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new AnimaticError(
      'bad_setting',
      `${variable}: ${path} cannot be read (${(cause as Error).message}).`,
      {
        cause,
      },
    );
  }
}

/** Made once and kept, so that clients have to be told to trust it only once; made anew near its end or for new names. */
async function development(settings: TlsSettings): Promise<TlsMaterial> {
  // Loaded only here: the certificate library takes 100 ms to load.
  const { createDevelopmentCertificate, isStillGood } = await import('./development-certificate.ts');
  const folder = join(settings.dataFolder, 'tls');
  const certificatePath = join(folder, 'server.pem');
  const keyPath = join(folder, 'server.key');
  const names = namesOf(settings);
  if (!existsSync(certificatePath) || !isStillGood(readFileSync(certificatePath, 'utf8'), names)) {
    const made = await createDevelopmentCertificate(names);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(authorityPath(settings.dataFolder), made.authority);
    writeFileSync(keyPath, made.key, { mode: 0o600 });
    writeFileSync(certificatePath, made.certificate);
  }
  return {
    certificate: readFileSync(certificatePath, 'utf8'),
    key: readFileSync(keyPath, 'utf8'),
    authorityPath: authorityPath(settings.dataFolder),
  };
}

/** Every name by which a client can mean this server: this machine's own, the configured ones, the vendors'. */
function namesOf({ host, publicUrl }: TlsSettings): readonly string[] {
  const configured = [
    ...(ANY_ADDRESS.includes(host) ? [] : [host]),
    ...(publicUrl === undefined ? [] : [new URL(publicUrl).hostname]),
  ];
  return [...new Set(['localhost', '127.0.0.1', '::1', ...configured, ...VIRTUAL_HOSTS.keys()])];
}

/** What a server listens on to be reached by every address; nobody calls it by these. */
const ANY_ADDRESS: readonly string[] = ['0.0.0.0', '::'];
