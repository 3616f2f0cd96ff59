import { z } from 'zod';
import { AppError } from '../errors.ts';
import { router, workspaceProcedure } from '../trpc/init.ts';
import { cancel, change, previewChange, resume } from './change.ts';
import { checkout } from './checkout.ts';
import { openPortal } from './portal.ts';
import { getBilling, listInvoices, listPlans } from './queries.ts';
import { refresh } from './refresh.ts';
import {
  billingSchema,
  changePreviewSchema,
  chooseSchema,
  invoicePageSchema,
  invoiceSchema,
  linkSchema,
  planPageSchema,
} from './schema.ts';

const tag = 'Billing';
const reads = workspaceProcedure('billing:read');
/** Keys may start a checkout, which a person must finish, and cancel. */
const writes = workspaceProcedure('billing:write');

/** Uses a card that is known, or opens the door to it. */
const personal = writes.use(async ({ ctx, next }) => {
  if (ctx.scope.apiScopes) throw new AppError('FORBIDDEN', 'This needs a person who is logged in.');
  return next();
});

export const billingRouter = router({
  get: reads
    .meta({
      rest: { method: 'GET', path: '/billing/subscription', summary: 'What the workspace has bought', tag },
    })
    .output(billingSchema)
    .query(({ ctx }) => getBilling(ctx.scope)),
  checkout: writes
    .meta({
      rest: {
        ...{ method: 'POST', path: '/billing/subscription', tag, status: 201 },
        summary: 'The address of a page where somebody can buy a plan',
      },
    })
    .input(chooseSchema)
    .output(linkSchema)
    .mutation(({ ctx, input }) => checkout(ctx.scope, input)),
  portal: personal.output(linkSchema).mutation(({ ctx }) => openPortal(ctx.scope)),
  previewChange: personal
    .input(chooseSchema)
    .output(changePreviewSchema)
    .query(({ ctx, input }) => previewChange(ctx.scope, input)),
  change: personal
    .input(chooseSchema)
    .output(z.void())
    .mutation(({ ctx, input }) => change(ctx.scope, input)),
  cancel: writes
    .meta({
      rest: {
        ...{ method: 'DELETE', path: '/billing/subscription', tag, status: 204 },
        summary: 'End the plan with the time that is paid for',
      },
    })
    .output(z.void())
    .mutation(({ ctx }) => cancel(ctx.scope)),
  resume: personal.output(z.void()).mutation(({ ctx }) => resume(ctx.scope)),
  invoices: reads.output(z.array(invoiceSchema)).query(({ ctx }) => listInvoices(ctx.scope)),
  /** As the API has lists. */
  lists: router({
    plans: reads
      .meta({ rest: { method: 'GET', path: '/billing/plans', summary: 'What plans there are', tag } })
      .output(planPageSchema)
      .query(() => ({ data: listPlans(), nextCursor: null })),
    invoices: reads
      .meta({ rest: { method: 'GET', path: '/billing/invoices', summary: 'The newest 50 invoices', tag } })
      .output(invoicePageSchema)
      .query(async ({ ctx }) => ({ data: await listInvoices(ctx.scope), nextCursor: null })),
  }),
  /** For whoever comes back from Stripe: does not wait until Stripe tells us. */
  refresh: reads.output(billingSchema).mutation(async ({ ctx }) => {
    await refresh(ctx.scope);
    return getBilling(ctx.scope);
  }),
});
