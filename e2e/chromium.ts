import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';

/**
 * Chromium out of the npm package @sparticuz/chromium, unpacked once per version: no system package, no download. The
 * package's own helper unpacks to one fixed folder for all versions and starts it without a sandboxed renderer process.
 */
export async function findChromium(): Promise<{ executablePath: string; env: Record<string, string> }> {
  const given = process.env.CHROMIUM_PATH;
  if (given) return { executablePath: given, env: {} };
  let packed = path.dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium'));
  while (!existsSync(path.join(packed, 'bin', 'chromium.br'))) packed = path.dirname(packed);
  const { version } = JSON.parse(readFileSync(path.join(packed, 'package.json'), 'utf8')) as {
    version: string;
  };
  const folder = path.resolve(import.meta.dirname, '../node_modules/.cache', `chromium-${version}`);
  const executablePath = path.join(folder, 'chromium');
  if (!existsSync(executablePath)) await unpack(path.join(packed, 'bin'), folder, executablePath);
  return { executablePath, env: { LD_LIBRARY_PATH: path.join(folder, 'lib') } };
}

async function unpack(from: string, folder: string, executablePath: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const decompress = (file: string, target: string) =>
    pipeline(createReadStream(path.join(from, file)), createBrotliDecompress(), createWriteStream(target));
  for (const name of ['swiftshader', 'al2023', 'fonts']) {
    // graphics, NSS and fonts for machines that have none
    const tar = path.join(folder, `${name}.tar`);
    await decompress(`${name}.tar.br`, tar);
    execFileSync('tar', ['-xf', tar, '-C', folder]);
  }
  await decompress('chromium.br', `${executablePath}.part`);
  chmodSync(`${executablePath}.part`, 0o755);
  renameSync(`${executablePath}.part`, executablePath);
}
