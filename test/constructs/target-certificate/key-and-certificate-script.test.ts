import { spawnSync } from 'node:child_process';
import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  CERTIFICATE_FILE,
  KEY_FILE,
  keyAndCertificateScript,
  SHELL,
} from '../../../lib/constructs/target-certificate/key-and-certificate-script';
import { TARGET_TLS_ENVIRONMENT, targetTls } from '../../../lib/target';
import { testWithOpenssl } from '../../target/openssl';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'target-certificate-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the very line that the container runs, for a user who may give files to nobody but himself. */
function run(days: number, environment: NodeJS.ProcessEnv = {}) {
  const owner = `${process.getuid?.()}:${process.getgid?.()}`;
  const [shell = '', ...options] = SHELL;
  return spawnSync(shell, [...options, keyAndCertificateScript({ folder, owner, days })], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    cwd: '/',
    timeout: 20_000,
  });
}

const inFolder = (file: string) => path.join(folder, file);
const modeOf = (file: string) => (statSync(inFolder(file)).mode & 0o777).toString(8);

describe('the script that makes a key and its certificate', () => {
  testWithOpenssl('makes a P-256 key and a certificate that it signed, of a server, for its days', () => {
    const { status, stderr } = run(30);
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    const key = createPrivateKey(readFileSync(inFolder(KEY_FILE)));
    const certificate = new X509Certificate(readFileSync(inFolder(CERTIFICATE_FILE)));
    expect(key.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
    expect(certificate.checkPrivateKey(key)).toBe(true);
    expect(certificate.verify(createPublicKey(key))).toBe(true);
    expect(certificate.ca).toBe(false);
    expect(certificate.subjectAltName).toBe('DNS:localhost');
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    const days =
      (Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)) / (24 * 60 * 60 * 1000);
    expect(days).toBe(30);
  });

  testWithOpenssl('leaves two files, which their owner alone may read and nobody may write', () => {
    run(30);
    expect(readdirSync(folder).sort()).toEqual([CERTIFICATE_FILE, KEY_FILE].sort());
    expect([modeOf(KEY_FILE), modeOf(CERTIFICATE_FILE)]).toEqual(['400', '400']);
  });

  testWithOpenssl('makes what targetTls takes', () => {
    run(30);
    const { source, keyFile, certificateFile } = TARGET_TLS_ENVIRONMENT;
    const environment = {
      [source]: 'files',
      [keyFile]: inFolder(KEY_FILE),
      [certificateFile]: inFolder(CERTIFICATE_FILE),
    };
    expect(targetTls(environment)).toMatchObject({
      minVersion: 'TLSv1.2',
      key: readFileSync(inFolder(KEY_FILE), 'utf8'),
      cert: readFileSync(inFolder(CERTIFICATE_FILE), 'utf8'),
    });
  });

  testWithOpenssl('says nothing of the key', () => {
    const { stdout, stderr } = run(30);
    expect(`${stdout}${stderr}`).not.toContain('PRIVATE KEY');
  });

  testWithOpenssl('takes nothing from the configuration that the image has', () => {
    const { status } = run(30, {
      OPENSSL_CONF: '/nowhere/openssl.cnf',
      HOME: '/nowhere',
      RANDFILE: '/nowhere/.rnd',
    });
    expect(status).toBe(0);
    expect(new X509Certificate(readFileSync(inFolder(CERTIFICATE_FILE))).ca).toBe(false);
  });

  test('fails where openssl does, so that the target does not begin', () => {
    const bin = inFolder('bin');
    mkdirSync(bin);
    writeFileSync(path.join(bin, 'openssl'), '#!/bin/sh\nexit 3\n', { mode: 0o755 });
    expect(run(30, { PATH: `${bin}:${process.env.PATH}` }).status).toBe(3);
    expect(readdirSync(folder)).toEqual(['bin']);
  });

  test('gives the files away last, since their modes can be set by nobody else afterwards', () => {
    const lines = keyAndCertificateScript({ folder: '/f', owner: '7:8', days: 1 }).split('\n');
    expect(lines.slice(-2)).toEqual([
      'chmod 0400 /f/key.pem /f/certificate.pem',
      'chown 7:8 /f/key.pem /f/certificate.pem',
    ]);
  });
});
