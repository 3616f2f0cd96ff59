import { checkoutLineItems } from './checkout.ts';
import { invalid } from './failure.ts';
import { paymentsOf } from './invoice.ts';
import type { Sandbox } from './sandbox.ts';

/** A copy of an answer in which the named references are objects, as `expand[]` asks for. */
export function expand(sandbox: Sandbox, answer: object, paths: string[]): object {
  const copy = structuredClone(answer);
  for (const path of paths) expandPath(sandbox, copy, path.split('.'), path);
  return copy;
}

function expandPath(sandbox: Sandbox, at: unknown, [name, ...rest]: string[], path: string): void {
  if (name === undefined || at === null || typeof at !== 'object') return;
  if (Array.isArray(at)) {
    for (const entry of at) expandPath(sandbox, entry, [name, ...rest], path);
    return;
  }
  const object = at as Record<string, unknown>;
  if (!(name in object)) include(sandbox, object, name, path);
  const value = object[name];
  if (typeof value === 'string') object[name] = copyOf(sandbox, value, path);
  else if (Array.isArray(value))
    object[name] = value.map((one) => (typeof one === 'string' ? copyOf(sandbox, one, path) : one));
  expandPath(sandbox, object[name], rest, path);
}

/** What is left out of an object unless it is asked for. */
function include(sandbox: Sandbox, object: Record<string, unknown>, name: string, path: string): void {
  const id = String(object.id);
  const list = (data: unknown[], url: string) => ({
    object: 'list',
    data: structuredClone(data),
    has_more: false,
    url,
  });
  if (object.object === 'checkout.session' && name === 'line_items')
    object[name] = list(checkoutLineItems(sandbox, id), `/v1/checkout/sessions/${id}/line_items`);
  else if (object.object === 'invoice' && name === 'payments')
    object[name] = list(paymentsOf(sandbox, id), '/v1/invoice_payments');
  else if (object.object === 'invoice' && name === 'confirmation_secret')
    object[name] = confirmationSecret(sandbox, id);
  else if (object.object === 'customer' && name === 'subscriptions')
    object[name] = list(
      sandbox.subscriptions.newestFirst().filter((one) => one.customer === id && one.status !== 'canceled'),
      `/v1/customers/${id}/subscriptions`,
    );
  else throw notExpandable(path);
}

function confirmationSecret(sandbox: Sandbox, invoice: string) {
  const payment = paymentsOf(sandbox, invoice)[0];
  if (!payment) return null;
  const { client_secret } = sandbox.paymentIntents.get(payment.payment.payment_intent);
  return { client_secret, type: 'payment_intent' };
}

function copyOf(sandbox: Sandbox, id: string, path: string): unknown {
  const found = sandbox.find(id);
  if (!found) throw notExpandable(path);
  return structuredClone(found);
}

const notExpandable = (path: string) => invalid(`This property cannot be expanded (${path}).`, 'expand');
