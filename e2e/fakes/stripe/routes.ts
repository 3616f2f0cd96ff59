import type { Route } from './route.ts';
import { CATALOG_ROUTES } from './routes-catalog.ts';
import { CHECKOUT_ROUTES } from './routes-checkout.ts';
import { SUBSCRIPTION_ROUTES } from './routes-subscriptions.ts';

/** Everything that the API answers. A longer path without `:` comes before one with it. */
export const ROUTES: Route[] = [...CHECKOUT_ROUTES, ...CATALOG_ROUTES, ...SUBSCRIPTION_ROUTES];
