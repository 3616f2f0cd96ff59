import { newId } from './collection.ts';
import { invalid } from './failure.ts';
import type { Params } from './params.ts';
import type { Sandbox } from './sandbox.ts';

export type PortalSession = ReturnType<typeof newPortalSession>;
export type PortalConfiguration = ReturnType<typeof newPortalConfiguration>;

export const FLOWS = [
  'payment_method_update',
  'subscription_cancel',
  'subscription_update',
  'subscription_update_confirm',
] as const;

export const PORTAL_PARAMS = ['configuration', 'customer', 'flow_data', 'locale', 'return_url'];
export const CONFIGURATION_PARAMS = [
  'active',
  'business_profile',
  'default_return_url',
  'features',
  'login_page',
  'metadata',
  'name',
];

export function createPortalSession(sandbox: Sandbox, params: Params): PortalSession {
  const customer = sandbox.customers.get(params.required('customer'), 'customer').id;
  const asked = params.text('configuration');
  const configuration = asked
    ? sandbox.portalConfigurations.get(asked, 'configuration')
    : sandbox.portalConfigurations.all().find(({ is_default }) => is_default);
  if (!configuration)
    throw invalid(
      'No configuration provided and your test mode default configuration has not been created.',
      'configuration',
    );
  return sandbox.portalSessions.add(newPortalSession(sandbox, customer, configuration.id, params));
}

export function createPortalConfiguration(sandbox: Sandbox, params: Params): PortalConfiguration {
  const configuration = newPortalConfiguration(sandbox, params);
  sandbox.emit('billing_portal.configuration.created', configuration);
  return sandbox.portalConfigurations.add(configuration);
}

export function updatePortalConfiguration(sandbox: Sandbox, id: string, params: Params): PortalConfiguration {
  const configuration = sandbox.portalConfigurations.get(id);
  const { features, ...next } = newPortalConfiguration(sandbox, params);
  sandbox.change(configuration, 'billing_portal.configuration.updated', () => {
    if (params.has('features')) configuration.features = features;
    if (params.has('default_return_url')) configuration.default_return_url = next.default_return_url;
    configuration.metadata = params.metadata(configuration.metadata);
    configuration.active = params.flag('active') ?? configuration.active;
    configuration.updated = sandbox.now;
  });
  return configuration;
}

/** Prices that the page offers: those of the configuration, or all that are licensed and active. */
export function offeredPrices(sandbox: Sandbox, session: PortalSession) {
  const configuration = sandbox.portalConfigurations.get(session.configuration);
  const ids = configuration.features.subscription_update.products.flatMap(({ prices }) => prices);
  const all = sandbox.prices
    .all()
    .filter((price) => price.active && price.recurring && price.recurring.usage_type === 'licensed');
  return ids.length ? all.filter(({ id }) => ids.includes(id)) : all;
}

function newPortalSession(sandbox: Sandbox, customer: string, configuration: string, params: Params) {
  const id = newId('bps');
  return {
    id,
    object: 'billing_portal.session' as const,
    configuration,
    created: sandbox.now,
    customer,
    customer_account: null,
    flow: flowFrom(params),
    livemode: false,
    locale: params.text('locale') ?? null,
    on_behalf_of: null,
    return_url: params.text('return_url') ?? null,
    url: `${sandbox.origin}/p/session/${id}`,
  };
}

function flowFrom(params: Params) {
  const flow = params.inside('flow_data');
  if (!flow) return null;
  const type = flow.choice('type', FLOWS);
  if (!type) throw invalid('This flow is not known here.', 'flow_data[type]');
  const after = flow.inside('after_completion');
  const update = flow.inside('subscription_update_confirm');
  return {
    after_completion: {
      hosted_confirmation: null,
      redirect: after?.has('redirect')
        ? { return_url: after.inside('redirect')!.required('return_url') }
        : null,
      type: after?.text('type') ?? 'portal_homepage',
    },
    customer_update: null,
    subscription_cancel:
      type === 'subscription_cancel'
        ? { retention: null, subscription: flow.inside(type)?.required('subscription') ?? '' }
        : null,
    subscription_pause: null,
    subscription_update:
      type === 'subscription_update'
        ? { subscription: flow.inside(type)?.required('subscription') ?? '' }
        : null,
    subscription_update_confirm: update && {
      discounts: null,
      items: (update.list('items') ?? []).map((item) => ({
        id: item.text('id') ?? null,
        price: item.text('price') ?? null,
        quantity: item.integer('quantity') ?? 1,
      })),
      subscription: update.required('subscription'),
    },
    type,
  };
}

export function newPortalConfiguration(sandbox: Sandbox, params: Params) {
  const features = params.inside('features');
  const cancel = features?.inside('subscription_cancel');
  const update = features?.inside('subscription_update');
  return {
    id: newId('bpc'),
    object: 'billing_portal.configuration' as const,
    active: true,
    application: null,
    business_profile: { headline: null, privacy_policy_url: null, terms_of_service_url: null },
    created: sandbox.now,
    default_return_url: params.text('default_return_url') ?? null,
    features: {
      customer_update: { allowed_updates: [], enabled: false },
      invoice_history: { enabled: features?.inside('invoice_history')?.flag('enabled') ?? true },
      payment_method_update: { enabled: features?.inside('payment_method_update')?.flag('enabled') ?? true },
      subscription_cancel: {
        enabled: cancel?.flag('enabled') ?? true,
        mode: cancel?.choice('mode', ['at_period_end', 'immediately']) ?? 'at_period_end',
        proration_behavior: 'none',
      },
      subscription_update: {
        default_allowed_updates: update?.texts('default_allowed_updates') ?? ['price'],
        enabled: update?.flag('enabled') ?? true,
        products: (update?.list('products') ?? []).map((product) => ({
          product: product.required('product'),
          prices: product.texts('prices') ?? [],
        })),
        proration_behavior:
          update?.choice('proration_behavior', ['create_prorations', 'always_invoice', 'none']) ??
          'always_invoice',
      },
    },
    is_default: false,
    livemode: false,
    login_page: { enabled: false, url: null },
    metadata: params.metadata(),
    name: params.text('name') ?? null,
    updated: sandbox.now,
  };
}
