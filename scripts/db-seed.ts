import { withDatabase } from './embedded.ts';

/** `npm run db:seed`: a demo account with a workflow, for trying things out while developing. */
await withDatabase(async () => {
  const { seedDemo, DEMO } = await import('../prisma/seed.ts');
  await seedDemo();
  console.log(`Log in as ${DEMO.email} with the password “${DEMO.password}”.`);
});
