import { createHash } from 'node:crypto';
import { NodeError } from '#engine/errors.ts';
import type { Item } from '#engine/item.ts';
import type { MailAccount } from '#engine/mail.ts';
import { itemOfMail } from '#nodes/email-read/items.ts';
import { type EmailTriggerInput, emailTriggerInput, watchOf } from '#nodes/email-trigger/watch.ts';
import { accountOf } from '#nodes/mail-account.ts';
import { recordAccess } from '../credentials/access-log.ts';
import { openCredential } from '../credentials/vault.ts';
import { env } from '../env.ts';
import { AppError } from '../errors.ts';
import { acceptExecution } from '../executions/accept.ts';
import { idFromKey } from '../executions/id-from-key.ts';
import { log } from '../log.ts';
import type { NewMail } from '../mail/new-mail.ts';
import { parseNetworks } from '../outbound/guard.ts';
import { systemResolve } from '../outbound/lookup.ts';
import { planOf } from '../plans/schema.ts';
import { keepItems, openFiles } from '../storage/open.ts';
import {
  countMail,
  type MailLease,
  MailLeaseLostError,
  type MailState,
  readMailState,
  releaseMailbox,
  writeMailState,
} from './mail-lease.ts';

/** One look. Its lease is longer, so that two never happen at the same time. */
const LOOK_MS = 120_000;
export const MAIL_LEASE_MS = LOOK_MS + 60_000;
const MAX_MESSAGES = 50;
/** Marks that could not be made; of more than these, the oldest are given up. */
const MAX_UNFINISHED = 500;
const MAX_TRIES = 5;
const MAX_PAUSE_MINUTES = 30;
const MINUTE_MS = 60_000;
const FULL_PAUSE_MS = 10_000;

/**
 * Looks into one mailbox and starts executions for what is new. Where it stands is written down after every message that
 * was accepted, and an execution's id is made from its message's number: a crash anywhere loses none and repeats none.
 * Never rejects for what the mailbox is to blame for: that is written down, and the next look comes later.
 */
export async function pollMailbox(lease: MailLease, signal: AbortSignal): Promise<void> {
  let next = new Date(Date.now() + MINUTE_MS);
  try {
    next = await new MailLook(lease, signal).run();
  } catch (error) {
    if (error instanceof MailLeaseLostError) return;
    if (!signal.aborted) throw error;
    next = new Date(); // this process ends; another may go on at once
  } finally {
    await releaseMailbox(lease, next);
  }
}

/** One look into one mailbox. */
class MailLook {
  private readonly lease: MailLease;
  private readonly signal: AbortSignal;
  private accepted = 0;
  private repeated = 0;
  private state!: MailState;
  private input!: EmailTriggerInput;

  constructor(lease: MailLease, signal: AbortSignal) {
    this.lease = lease;
    this.signal = signal;
  }

  /** When the next look is due. */
  async run(): Promise<Date> {
    const { lease } = this;
    const known = await readMailState(lease);
    this.state = known ?? { source: '', place: null, unfinished: [], failures: 0 };
    try {
      const more = await this.look();
      this.state.failures = 0;
      delete this.state.lastError;
      await writeMailState(lease, this.state);
      await countMail(lease, { accepted: this.accepted, repeated: this.repeated });
      const everyMs = Math.max(
        this.input.everyMinutes * MINUTE_MS,
        planOf(lease.plan).minScheduleSeconds * 1000,
      );
      return new Date(Date.now() + (more ? 0 : everyMs));
    } catch (error) {
      if (error instanceof MailLeaseLostError || this.signal.aborted) throw error;
      return this.failed(error);
    }
  }

  private async failed(error: unknown): Promise<Date> {
    const { lease, state } = this;
    if (error instanceof AppError && error.code === 'SERVICE_UNAVAILABLE')
      return new Date(Date.now() + FULL_PAUSE_MS); // the queue is full, which is no fault of the mailbox
    const message = (error as Error).message.slice(0, 500);
    const about = { workflowId: lease.workflowId, nodeId: lease.nodeId, failures: state.failures + 1 };
    log.warn({ ...about, error: message }, 'a mailbox could not be read');
    state.failures++;
    state.lastError = { message, at: new Date().toISOString() };
    await writeMailState(lease, state);
    await countMail(lease, { accepted: this.accepted, repeated: this.repeated, failure: message });
    // A login that is refused every minute gets an account locked.
    const minutes = Math.max(
      this.input?.everyMinutes ?? 1,
      Math.min(2 ** (state.failures - 1), MAX_PAUSE_MINUTES),
    );
    return new Date(Date.now() + minutes * MINUTE_MS);
  }

  /** True: there is more. */
  private async look(): Promise<boolean> {
    const { lease, signal } = this;
    this.input = emailTriggerInput(lease.config);
    const watch = watchOf(this.input);
    const account = await this.account();
    const source = sourceOf(account, watch.mailbox);
    const { lookedAt } = this.state;
    // Another mailbox is new from the moment on that it was chosen: by a publish, or by a change of the credential.
    const times = [lookedAt, lease.config.since].map((time) => Date.parse(String(time)) || 0);
    const isOther = this.state.source !== source;
    const since = (isOther ? Math.max(...times) : times.find((time) => time > 0)) || Date.now();
    if (isOther) this.state = { source, place: null, unfinished: [], failures: this.state.failures };
    const { place } = this.state;
    const { withNewMail } = await import('../mail/new-mail.ts'); // its libraries take a quarter of a second
    const startedAt = new Date().toISOString();
    const more = await withNewMail(
      { ...watch, place, since, limit: MAX_MESSAGES, timeoutMs: LOOK_MS, signal },
      account,
      { allowed: parseNetworks(env().LINKFLOW_ALLOW_PRIVATE_NETWORKS), resolve: systemResolve },
      (mail) => this.take(mail, Object.keys(watch.after).length > 0),
    );
    this.state.lookedAt = startedAt;
    return more;
  }

  private async account(): Promise<MailAccount> {
    const { workspaceId, config } = this.lease;
    const { credentialId } = config;
    if (typeof credentialId !== 'string' || credentialId === '')
      throw new NodeError('auth', 'Choose a mailbox first.', { field: 'credentials.account' });
    const { type, data } = await openCredential(workspaceId, credentialId).catch((error: unknown) => {
      if (!(error instanceof AppError && error.code === 'NOT_FOUND')) throw error;
      throw new NodeError('auth', 'The credential of this trigger does not exist any more.');
    });
    if (type !== 'imap') throw new NodeError('config', 'The credential of this trigger is for no mailbox.');
    return accountOf(data, 'imap', this.input.options);
  }

  private async take(mail: NewMail, finishes: boolean): Promise<boolean> {
    const { state, lease } = this;
    if (mail.renumbered) {
      log.warn({ workflowId: lease.workflowId, nodeId: lease.nodeId }, 'a mailbox has new numbers');
      state.unfinished = [];
      delete state.taking;
    }
    const first = mail.uids[0];
    const start = first === undefined ? mail.lastUid : first - 1;
    state.place = {
      uidValidity: mail.uidValidity,
      lastUid: state.place && !mail.renumbered ? state.place.lastUid : start,
    };
    const isDone =
      this.input.start === 'together'
        ? await this.takeTogether(mail, finishes)
        : await this.takeEach(mail, finishes);
    if (isDone) state.place.lastUid = Math.max(state.place.lastUid, mail.lastUid);
    await this.finish(mail);
    return mail.more || !isDone;
  }

  /** True: nothing of what was found is left. */
  private async takeEach(mail: NewMail, finishes: boolean): Promise<boolean> {
    delete this.state.taking;
    for (const uid of mail.uids) {
      const id = this.idOf(mail, String(uid));
      const item = await this.itemOf(mail, uid, id);
      if (item) await this.accept(id, [item]);
      await this.took(uid, [uid], finishes);
    }
    return true;
  }

  /** Which messages go together is written down before: after a crash there may be more of them. */
  private async takeTogether(mail: NewMail, finishes: boolean): Promise<boolean> {
    const { state, lease } = this;
    const isNew = state.taking === undefined;
    const uids = state.taking ?? [...mail.uids];
    const [first] = uids;
    if (first === undefined) return true;
    state.taking = uids;
    await writeMailState(lease, state);
    const last = uids.at(-1)!;
    const id = this.idOf(mail, `${first}-${last}`);
    const items: Item[] = [];
    for (const uid of uids) {
      const item = await this.itemOf(mail, uid, id);
      if (item) items.push(item);
    }
    if (items.length > 0) await this.accept(id, items);
    delete state.taking;
    await this.took(last, uids, finishes);
    return isNew;
  }

  private idOf({ uidValidity }: NewMail, messages: string): string {
    return idFromKey(`email:${this.lease.id}:${this.state.source}:${uidValidity}:${messages}`);
  }

  /** undefined: the message is gone, or nothing can be made of it. */
  private async itemOf(mail: NewMail, uid: number, executionId: string): Promise<Item | undefined> {
    const { lease, state, signal } = this;
    const warn = (message: string) => log.info({ workflowId: lease.workflowId, executionId }, message);
    try {
      const message = await mail.read(uid);
      if (!message) return undefined;
      const files = openFiles(lease.workspaceId, executionId);
      const item = await itemOfMail(message, this.input, { files, signal, warn });
      if (state.stuck?.uid === uid) delete state.stuck;
      return item;
    } catch (error) {
      signal.throwIfAborted();
      const times = state.stuck?.uid === uid ? state.stuck.times + 1 : 1;
      if (!isHopeless(error) && times < MAX_TRIES) {
        state.stuck = { uid, times };
        throw error;
      }
      delete state.stuck;
      await this.leaveOut(`Message ${uid}`, error);
      return undefined;
    }
  }

  /** One that cannot be read must not keep all that come after it from being read. */
  private async leaveOut(what: string, error: unknown): Promise<void> {
    const { workflowId, nodeId } = this.lease;
    const failure = `${what} is left out: ${(error as Error).message}`.slice(0, 500);
    log.warn({ workflowId, nodeId }, failure);
    await countMail(this.lease, { accepted: 0, repeated: 0, failure });
  }

  private async accept(id: string, items: Item[]): Promise<void> {
    try {
      await this.start(id, items);
    } catch (error) {
      if (!isHopeless(error)) throw error;
      await this.leaveOut(items.length === 1 ? 'A message' : 'Messages', error);
    }
  }

  private async start(id: string, items: Item[]): Promise<void> {
    const { workspaceId, workflowId, versionId, nodeId, config } = this.lease;
    const { fresh } = await acceptExecution({
      id,
      workspaceId,
      workflowId,
      versionId,
      mode: 'email',
      trigger: { nodeId, items: await keepItems(`executions/${id}/trigger`, items) },
      deliveryKey: `email:${id}`,
    });
    if (fresh) this.accepted++;
    else this.repeated++;
    const credentialId = config.credentialId as string;
    if (fresh) recordAccess({ workspaceId, workflowId, executionId: id, nodeId, credentialId, kind: 'used' });
  }

  private async took(lastUid: number, uids: readonly number[], finishes: boolean): Promise<void> {
    const { state, lease } = this;
    state.place!.lastUid = Math.max(state.place!.lastUid, lastUid);
    if (finishes) state.unfinished = [...state.unfinished, ...uids].slice(-MAX_UNFINISHED);
    await writeMailState(lease, state);
  }

  /** After what they started is safe; what fails here is tried again the next time. */
  private async finish(mail: NewMail): Promise<void> {
    const { state } = this;
    if (state.unfinished.length === 0) return;
    await mail.finish(state.unfinished);
    state.unfinished = [];
  }
}

const sourceOf = ({ host, port, user }: MailAccount, mailbox: string): string =>
  createHash('sha256')
    .update(JSON.stringify([host, port, user, mailbox]))
    .digest('hex')
    .slice(0, 32);

/** Would go wrong in the same way again. */
const isHopeless = (error: unknown): boolean =>
  error instanceof NodeError
    ? !error.data.retryable
    : error instanceof AppError && error.code === 'BAD_REQUEST';
