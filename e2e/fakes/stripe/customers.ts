import { newId } from './collection.ts';
import { invalid } from './failure.ts';
import type { Params } from './params.ts';
import type { Sandbox } from './sandbox.ts';

export type Customer = ReturnType<typeof newCustomer>;

export interface Address {
  city: string | null;
  country: string | null;
  line1: string | null;
  line2: string | null;
  postal_code: string | null;
  state: string | null;
}

export const CUSTOMER_PARAMS = [
  'address',
  'balance',
  'description',
  'email',
  'invoice_settings',
  'metadata',
  'name',
  'payment_method',
  'phone',
  'preferred_locales',
  'tax',
  'tax_exempt',
];

export function createCustomer(sandbox: Sandbox, params: Params): Customer {
  const customer = newCustomer(sandbox);
  assign(sandbox, customer, params);
  const method = params.text('payment_method');
  if (method) sandbox.paymentMethods.get(method, 'payment_method').customer = customer.id;
  sandbox.customers.add(customer);
  sandbox.emit('customer.created', customer);
  return customer;
}

export function updateCustomer(sandbox: Sandbox, id: string, params: Params): Customer {
  const customer = sandbox.customers.get(id);
  sandbox.change(customer, 'customer.updated', () => assign(sandbox, customer, params));
  return customer;
}

export function deleteCustomer(sandbox: Sandbox, id: string) {
  const customer = sandbox.customers.get(id);
  sandbox.customers.delete(id);
  sandbox.emit('customer.deleted', customer);
  return { id, object: 'customer', deleted: true };
}

/** `metadata['workspaceId']:'w1' AND email:"a@b.c"`, the part of the query language for equality. */
export function searchCustomers(sandbox: Sandbox, query: string): Customer[] {
  const clauses = query.split(/\s+AND\s+/i).map((clause) => {
    const match = /^(?:metadata\[["'](.+?)["']\]|(email|name)):["'](.*)["']$/.exec(clause.trim());
    if (!match) throw invalid(`We were unable to parse your search query: ${clause}`, 'query');
    const [, key, field, value] = match;
    return (customer: Customer) =>
      (key === undefined ? customer[field as 'email' | 'name'] : customer.metadata[key]) === value;
  });
  return sandbox.customers.newestFirst().filter((customer) => clauses.every((matches) => matches(customer)));
}

/** For checkouts that start without a customer. */
export function newCustomer(sandbox: Sandbox) {
  return {
    id: newId('cus', 14),
    object: 'customer' as const,
    address: null as Address | null,
    balance: 0,
    created: sandbox.now,
    currency: null as string | null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: null as string | null,
    discount: null,
    email: null as string | null,
    invoice_prefix: newId('x', 8).slice(2).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null as string | null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: {} as Record<string, string>,
    name: null as string | null,
    next_invoice_sequence: 1,
    phone: null as string | null,
    preferred_locales: [] as string[],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  };
}

function assign(sandbox: Sandbox, customer: Customer, params: Params): void {
  for (const field of ['description', 'email', 'name', 'phone'] as const) {
    const value = params.text(field);
    if (value !== undefined) customer[field] = value || null;
  }
  customer.metadata = params.metadata(customer.metadata);
  customer.balance = params.integer('balance') ?? customer.balance;
  customer.tax_exempt = params.text('tax_exempt') ?? customer.tax_exempt;
  customer.preferred_locales = params.texts('preferred_locales') ?? customer.preferred_locales;
  const address = params.inside('address');
  if (address) customer.address = addressFrom(address);
  const method = params.inside('invoice_settings')?.text('default_payment_method');
  if (method !== undefined)
    customer.invoice_settings.default_payment_method = method
      ? sandbox.paymentMethods.get(method, 'invoice_settings[default_payment_method]').id
      : null;
}

function addressFrom(params: Params): Address {
  const part = (name: string) => params.text(name) || null;
  return {
    city: part('city'),
    country: part('country'),
    line1: part('line1'),
    line2: part('line2'),
    postal_code: part('postal_code'),
    state: part('state'),
  };
}
