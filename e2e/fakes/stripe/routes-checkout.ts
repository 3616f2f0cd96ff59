import { CHECKOUT_PARAMS, checkoutLineItems, createCheckout, expireCheckout } from './checkout.ts';
import {
  CUSTOMER_PARAMS,
  createCustomer,
  deleteCustomer,
  searchCustomers,
  updateCustomer,
} from './customers.ts';
import { missing } from './failure.ts';
import { LIST_PARAMS, listPage } from './listing.ts';
import { attach, detach } from './payment-methods.ts';
import {
  CONFIGURATION_PARAMS,
  createPortalConfiguration,
  createPortalSession,
  PORTAL_PARAMS,
  updatePortalConfiguration,
} from './portal.ts';
import { listRoute, type Route, route } from './route.ts';

export const CHECKOUT_ROUTES: Route[] = [
  route('POST', '/v1/customers', CUSTOMER_PARAMS, ({ sandbox, params }) => createCustomer(sandbox, params)),
  route('GET', '/v1/customers/search', ['limit', 'page', 'query'], ({ sandbox, params, path }) => {
    const found = searchCustomers(sandbox, params.required('query'));
    const start = Number(params.text('page') ?? 0);
    const end = start + (params.integer('limit') ?? 10);
    const more = found.length > end;
    return {
      object: 'search_result',
      data: found.slice(start, end),
      has_more: more,
      next_page: more ? String(end) : null,
      url: path,
    };
  }),
  route('GET', '/v1/customers/:id', [], ({ sandbox, ids }) => sandbox.customers.get(ids[0]!)),
  route('POST', '/v1/customers/:id', CUSTOMER_PARAMS, ({ sandbox, params, ids }) =>
    updateCustomer(sandbox, ids[0]!, params),
  ),
  route('DELETE', '/v1/customers/:id', [], ({ sandbox, ids }) => deleteCustomer(sandbox, ids[0]!)),
  listRoute('/v1/customers', (sandbox) => sandbox.customers.newestFirst(), {
    email: (customer, value) => customer.email === value,
  }),
  route(
    'GET',
    '/v1/customers/:id/payment_methods',
    [...LIST_PARAMS, 'type'],
    ({ sandbox, params, ids, path }) => {
      const methods = sandbox.paymentMethods.newestFirst().filter(({ customer }) => customer === ids[0]);
      return listPage(methods, params, path);
    },
  ),

  route('GET', '/v1/payment_methods/:id', [], ({ sandbox, ids }) => sandbox.paymentMethods.get(ids[0]!)),
  route('POST', '/v1/payment_methods/:id/attach', ['customer'], ({ sandbox, params, ids }) =>
    attach(sandbox, ids[0]!, params),
  ),
  route('POST', '/v1/payment_methods/:id/detach', [], ({ sandbox, ids }) => detach(sandbox, ids[0]!)),
  listRoute('/v1/payment_methods', (sandbox) => sandbox.paymentMethods.newestFirst(), {
    customer: (method, value) => method.customer === value,
    type: (method, value) => method.type === value,
  }),
  route('GET', '/v1/payment_intents/:id', [], ({ sandbox, ids }) => sandbox.paymentIntents.get(ids[0]!)),

  route('POST', '/v1/checkout/sessions', CHECKOUT_PARAMS, ({ sandbox, params }) =>
    createCheckout(sandbox, params),
  ),
  route('GET', '/v1/checkout/sessions/:id', [], ({ sandbox, ids }) => sandbox.checkoutSessions.get(ids[0]!)),
  route('POST', '/v1/checkout/sessions/:id/expire', [], ({ sandbox, ids }) =>
    expireCheckout(sandbox, sandbox.checkoutSessions.get(ids[0]!)),
  ),
  route('GET', '/v1/checkout/sessions/:id/line_items', LIST_PARAMS, ({ sandbox, params, ids, path }) =>
    listPage(checkoutLineItems(sandbox, sandbox.checkoutSessions.get(ids[0]!).id), params, path),
  ),
  listRoute('/v1/checkout/sessions', (sandbox) => sandbox.checkoutSessions.newestFirst(), {
    customer: (session, value) => session.customer === value,
    subscription: (session, value) => session.subscription === value,
    status: (session, value) => session.status === value,
  }),

  route('POST', '/v1/billing_portal/sessions', PORTAL_PARAMS, ({ sandbox, params }) =>
    createPortalSession(sandbox, params),
  ),
  route('POST', '/v1/billing_portal/configurations', CONFIGURATION_PARAMS, ({ sandbox, params }) =>
    createPortalConfiguration(sandbox, params),
  ),
  route('GET', '/v1/billing_portal/configurations/:id', [], ({ sandbox, ids }) =>
    sandbox.portalConfigurations.get(ids[0]!),
  ),
  route('POST', '/v1/billing_portal/configurations/:id', CONFIGURATION_PARAMS, ({ sandbox, params, ids }) =>
    updatePortalConfiguration(sandbox, ids[0]!, params),
  ),
  listRoute('/v1/billing_portal/configurations', (sandbox) => sandbox.portalConfigurations.newestFirst(), {
    active: (configuration, value) => String(configuration.active) === value,
    is_default: (configuration, value) => String(configuration.is_default) === value,
  }),

  route(
    'POST',
    '/v1/webhook_endpoints',
    ['api_version', 'description', 'enabled_events', 'metadata', 'url'],
    ({ deliveries, params }) => {
      const endpoint = deliveries.addEndpoint(
        params.required('url'),
        undefined,
        params.texts('enabled_events') ?? ['*'],
      );
      return {
        id: endpoint.id,
        object: 'webhook_endpoint',
        enabled_events: endpoint.enabledEvents,
        livemode: false,
        secret: endpoint.secret,
        status: 'enabled',
        url: endpoint.url,
      };
    },
  ),
  route('DELETE', '/v1/webhook_endpoints/:id', [], ({ deliveries, ids }) => {
    if (!deliveries.removeEndpoint(ids[0]!)) throw missing('webhook endpoint', ids[0]!);
    return { id: ids[0]!, object: 'webhook_endpoint', deleted: true };
  }),
];
