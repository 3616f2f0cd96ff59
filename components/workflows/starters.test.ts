import { expect, test } from 'vitest';
import { validate } from '#engine/validate.ts';
import { workflowSchema } from '#engine/workflow.ts';
import { nodeCatalog } from '#nodes/definitions.ts';
import { STARTERS } from './starters.ts';

test.each(STARTERS)('the starter “$title” can be activated as it is', ({ workflow }) => {
  expect(validate(workflowSchema.parse(workflow), nodeCatalog)).toEqual([]);
});
