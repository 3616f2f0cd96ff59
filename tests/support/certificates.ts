import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

export interface OwnCertificate {
  /** PEM */
  certificate: string;
  /** PEM, encrypted where a passphrase was asked for. */
  privateKey: string;
}
export interface Authority {
  /** PEM */
  ca: string;
  issue(name: string, more?: { hosts?: readonly string[]; passphrase?: string }): OwnCertificate;
}

/** A CA that lives as long as the test: X.509 written by hand, since nothing here makes certificates. */
export function createAuthority(name: string): Authority {
  const own = newKeys();
  const make = (subject: string, publicKey: KeyObject, extensions: Buffer[]) =>
    certificateOf({ subject, issuer: name, publicKey, extensions }, own.privateKey);
  return {
    ca: make(name, own.publicKey, [extension(OID.basicConstraints, sequence(der(0x01, bytes(0xff))))]),
    issue(subject, { hosts = [], passphrase } = {}) {
      const { publicKey, privateKey } = newKeys();
      const names = sequence(...hosts.map((host) => der(0x82, Buffer.from(host))));
      return {
        certificate: make(subject, publicKey, hosts.length > 0 ? [extension(OID.subjectAltName, names)] : []),
        privateKey: privateKey
          .export({
            type: 'pkcs8',
            format: 'pem',
            ...(passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase }),
          })
          .toString(),
      };
    },
  };
}

const newKeys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

interface Unsigned {
  subject: string;
  issuer: string;
  publicKey: KeyObject;
  extensions: Buffer[];
}

function certificateOf({ subject, issuer, publicKey, extensions }: Unsigned, key: KeyObject): string {
  const algorithm = sequence(OID.ecdsaWithSha256);
  const day = 24 * 60 * 60_000;
  const content = sequence(
    der(0xa0, der(0x02, bytes(2))),
    der(0x02, Buffer.concat([bytes(1), randomBytes(8)])),
    algorithm,
    nameOf(issuer),
    sequence(time(Date.now() - day), time(Date.now() + day)),
    nameOf(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    ...(extensions.length > 0 ? [der(0xa3, sequence(...extensions))] : []),
  );
  const signature = sign('sha256', content, { key, dsaEncoding: 'der' });
  const whole = sequence(content, algorithm, der(0x03, bytes(0), signature));
  const lines = whole.toString('base64').match(/.{1,64}/g)!;
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

const bytes = (...values: number[]) => Buffer.from(values);

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([bytes(tag, ...size), content]);
}
const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const oid = (...values: number[]) => der(0x06, bytes(...values));
const OID = {
  ecdsaWithSha256: oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02),
  commonName: oid(0x55, 0x04, 0x03),
  subjectAltName: oid(0x55, 0x1d, 0x11),
  basicConstraints: oid(0x55, 0x1d, 0x13),
};
const nameOf = (name: string) => sequence(der(0x31, sequence(OID.commonName, der(0x0c, Buffer.from(name)))));
const extension = (id: Buffer, value: Buffer) => sequence(id, der(0x01, bytes(0xff)), der(0x04, value));
const time = (ms: number) =>
  der(0x18, Buffer.from(`${new Date(ms).toISOString().replace(/[-:T]|\.\d+/g, '')}`));
