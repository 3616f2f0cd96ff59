import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { NodeRunRef } from '#engine/events.ts';
import type { RunSetup } from '#engine/run-setup.ts';
import { env } from '../env.ts';
import { notFound } from '../errors.ts';
import { masterKeys } from '../secrets/master-keys.ts';

/** One run of one node of one execution. */
export interface WaitRef extends NodeRunRef {
  executionId: string;
}

/** The addresses at which one execution can be called while it waits. Whoever has them may use them. */
export const linksOf = (executionId: string): NonNullable<RunSetup['links']> => ({
  get resume() {
    return resumeUrl(executionId);
  },
  approval: (node, run) => approvalUrl({ executionId, node, run }),
});

export const resumeUrl = (executionId: string): string =>
  `${env().APP_URL}/webhooks/resume/${sign('resume', pack({ executionId, node: '', run: 0 }))}`;

export const approvalUrl = (ref: WaitRef): string =>
  `${env().APP_URL}/approve/${sign('approval', pack(ref))}`;

/** Where somebody who filled in a form sees what comes next. */
export const formRunUrl = (executionId: string): string =>
  `${env().APP_URL}/forms/run/${sign('form', pack({ executionId, node: '', run: 0 }))}`;

/** The execution whose form this is; throws like `readResumeToken`. */
export const readFormToken = (token: string): string => verify('form', token).executionId;

/** The execution that a resume link belongs to. Throws NOT_FOUND for anything that was not signed here for this purpose. */
export const readResumeToken = (token: string): string => verify('resume', token).executionId;

/** The run that an approval link belongs to; throws like `readResumeToken`. */
export const readApprovalToken = (token: string): WaitRef => verify('approval', token);

/** The id by which members and the API name an open question. It proves nothing. */
export const approvalId = (ref: WaitRef): string => pack(ref).toString('base64url');

/** Throws NOT_FOUND for text that is no such id. */
export function readApprovalId(id: string): WaitRef {
  const ref = unpack(decode(id));
  if (!ref) throw notFound('approval');
  return ref;
}

type Purpose = 'resume' | 'approval' | 'form';

const MAC_BYTES = 32;
const UUID_BYTES = 16;
const HEAD_BYTES = UUID_BYTES + 4;

function sign(purpose: Purpose, payload: Buffer): string {
  return Buffer.concat([macOf(keysFor(purpose)[0]!, payload), payload]).toString('base64url');
}

function verify(purpose: Purpose, token: string): WaitRef {
  const bytes = decode(token);
  const mac = bytes.subarray(0, MAC_BYTES);
  const payload = bytes.subarray(MAC_BYTES);
  const right =
    mac.length === MAC_BYTES && keysFor(purpose).some((key) => timingSafeEqual(mac, macOf(key, payload)));
  const ref = right ? unpack(payload) : null;
  if (!ref) throw notFound(purpose === 'resume' ? 'webhook' : purpose);
  return ref;
}

const macOf = (key: Buffer, payload: Buffer): Buffer => createHmac('sha256', key).update(payload).digest();

/** A key per purpose, so that a link for one thing is noise for another; links that an older master key made stay good. */
const keys = new Map<Purpose, Buffer[]>();
function keysFor(purpose: Purpose): Buffer[] {
  let made = keys.get(purpose);
  if (!made) {
    made = masterKeys().map(({ bytes }) =>
      Buffer.from(hkdfSync('sha256', bytes, '', `linkflow/waits/${purpose}`, 32)),
    );
    keys.set(purpose, made);
  }
  return made;
}

/** Execution id (16 bytes), run (4 bytes), node id. */
function pack({ executionId, node, run }: WaitRef): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head.write(executionId.replaceAll('-', ''), 'hex');
  head.writeInt32BE(run, UUID_BYTES);
  return Buffer.concat([head, Buffer.from(node, 'utf8')]);
}

function unpack(payload: Buffer): WaitRef | null {
  if (payload.length < HEAD_BYTES) return null;
  const hex = payload.toString('hex', 0, UUID_BYTES);
  const executionId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const run = payload.readInt32BE(UUID_BYTES);
  const node = payload.toString('utf8', HEAD_BYTES);
  return run < 0 || node.includes('\0') ? null : { executionId, run, node };
}

/** Nothing for text that is not exactly how we write it: Buffer.from would read over foreign characters. */
function decode(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : Buffer.alloc(0);
}
